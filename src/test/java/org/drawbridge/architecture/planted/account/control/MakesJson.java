package org.drawbridge.architecture.planted.account.control;

import jakarta.json.Json;
import jakarta.json.JsonBuilderFactory;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.JsonReader;
import java.io.StringReader;
import java.util.Map;
import java.util.function.Supplier;

/** Wrong but for the last: each call looks for a JSON provider. */
public class MakesJson {

  public JsonObjectBuilder builder() {
    return Json.createObjectBuilder();
  }

  public JsonReader reader() {
    return Json.createReader(new StringReader("{}"));
  }

  public Supplier<JsonObjectBuilder> byReference() {
    return Json::createObjectBuilder;
  }

  public JsonBuilderFactory factory() {
    return Json.createBuilderFactory(Map.of());
  }
}
