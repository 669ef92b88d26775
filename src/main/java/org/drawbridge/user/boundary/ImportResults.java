package org.drawbridge.user.boundary;

import jakarta.json.Json;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonBuilderFactory;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import java.util.List;
import java.util.Map;
import org.drawbridge.user.control.ImportResult;
import org.drawbridge.user.control.ImportResult.Status;
import org.jspecify.annotations.Nullable;

/** The answer to an import: a count of each outcome, and a result for each row. */
final class ImportResults {

  private static final JsonBuilderFactory BUILDERS = Json.createBuilderFactory(Map.of());

  private ImportResults() {}

  static JsonObject json(List<ImportResult> results) {
    JsonArrayBuilder rows = BUILDERS.createArrayBuilder();
    for (ImportResult result : results) {
      JsonObjectBuilder row =
          BUILDERS
              .createObjectBuilder()
              .add("index", result.index())
              .add("status", result.status().name());
      add(row, "userAccountId", result.userAccountId());
      add(row, "accountId", result.accountId());
      add(row, "userId", result.userId());
      JsonArrayBuilder errors = BUILDERS.createArrayBuilder();
      result
          .errors()
          .forEach(
              e ->
                  errors.add(
                      BUILDERS
                          .createObjectBuilder()
                          .add("pointer", e.pointer())
                          .add("detail", e.detail())));
      rows.add(row.add("errors", errors));
    }
    return BUILDERS
        .createObjectBuilder()
        .add("created", count(results, Status.CREATED))
        .add("existed", count(results, Status.EXISTED))
        .add("failed", count(results, Status.FAILED))
        .add("results", rows)
        .build();
  }

  private static void add(JsonObjectBuilder row, String name, @Nullable Object value) {
    if (value == null) {
      row.addNull(name);
    } else {
      row.add(name, value.toString());
    }
  }

  private static long count(List<ImportResult> results, Status status) {
    return results.stream().filter(r -> r.status() == status).count();
  }
}
