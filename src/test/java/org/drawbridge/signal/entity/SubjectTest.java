package org.drawbridge.signal.entity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.drawbridge.testing.TestJson.JSON;

import jakarta.json.JsonObject;
import jakarta.json.JsonReader;
import java.io.StringReader;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("The subject of a security event")
class SubjectTest {

  private static JsonObject json(String text) {
    try (JsonReader reader = JSON.createReader(new StringReader(text.replace('\'', '"')))) {
      return reader.readObject();
    }
  }

  private static List<Subject> of(String claims, String event) {
    return Subject.of(json(claims), json(event));
  }

  @Test
  @DisplayName("is read in every format of RFC 9493 that names a person")
  void named() {
    assertThat(of("{'sub_id':{'format':'email','email':'ana@example.com'}}", "{}"))
        .containsExactly(email("ana@example.com"));
    assertThat(of("{'sub_id':{'format':'account','uri':'acct:ana@example.com'}}", "{}"))
        .containsExactly(email("ana@example.com"));
    assertThat(of("{'sub_id':{'format':'iss_sub','iss':'https://i','sub':'auth0|5f'}}", "{}"))
        .containsExactly(name("auth0|5f"));
    assertThat(of("{'sub_id':{'format':'opaque','id':'5f'}}", "{}")).containsExactly(name("5f"));
    assertThat(
            of(
                "{'sub_id':{'format':'aliases','identifiers':[{'format':'opaque','id':'5f'},"
                    + "{'format':'email','email':'a@b.c'},{'format':'opaque','id':'5f'}]}}",
                "{}"))
        .containsExactly(name("5f"), email("a@b.c"));
  }

  @Test
  @DisplayName("is the user of a complex subject")
  void complex() {
    assertThat(
            of(
                "{'sub_id':{'format':'complex','user':{'format':'opaque','id':'5f'},"
                    + "'device':{'format':'opaque','id':'d'}}}",
                "{}"))
        .containsExactly(name("5f"));
  }

  @Test
  @DisplayName("is read where drafts had it")
  void drafts() {
    assertThat(of("{}", "{'subject':{'subject_type':'iss-sub','iss':'https://i','sub':'5f'}}"))
        .containsExactly(name("5f"));
    assertThat(
            of("{}", "{'subject':{'subject_type':'id_token_claims','email':'a@b.c','sub':'5f'}}"))
        .containsExactly(email("a@b.c"), name("5f"));
    assertThat(of("{}", "{'subject':{'user':{'format':'email','email':'a@b.c'}}}"))
        .containsExactly(email("a@b.c"));
    assertThat(of("{'sub':'5f'}", "{}")).containsExactly(name("5f"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{}",
        "{'sub_id':'ana'}",
        "{'sub_id':{}}",
        "{'sub_id':{'format':'phone_number','phone_number':'+49'}}",
        "{'sub_id':{'format':'email'}}",
        "{'sub_id':{'format':'email','email':7}}",
        "{'sub_id':{'format':'aliases','identifiers':[{'format':'aliases','identifiers':[]}]}}",
        "{'sub_id':{'user':{'user':{'format':'opaque','id':'5f'}}}}",
        "{'sub_id':{'format':'account','uri':'https://example.com'}}",
        "{'sub':'a\\u0000b'}",
        "{'sub_id':{'format':'email','email':'a\\u0000@b.c'}}"
      })
  @DisplayName("is nobody where it is written in no way that is known")
  void nobody(String claims) {
    assertThat(of(claims, "{}")).isEmpty();
  }

  private static Subject email(String email) {
    return new Subject(email, null);
  }

  private static Subject name(String name) {
    return new Subject(null, name);
  }
}
