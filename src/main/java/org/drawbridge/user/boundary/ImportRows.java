package org.drawbridge.user.boundary;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.json.JsonArray;
import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.drawbridge.kernel.RecordReader;
import org.drawbridge.kernel.Storable;
import org.drawbridge.problem.LogLine;
import org.drawbridge.problem.MemberError;
import org.drawbridge.problem.Refusal;
import org.drawbridge.user.control.ImportResult;
import org.drawbridge.user.control.ImportRow;
import org.jspecify.annotations.Nullable;

/** Imports rows one by one, each in a transaction of its own, so that a bad row fails alone. */
@ApplicationScoped
public class ImportRows {

  private static final Logger LOG = Logger.getLogger(ImportRows.class.getName());

  @Inject RecordReader reader;
  @Inject ImportTransaction transaction;

  List<ImportResult> add(UUID companyId, JsonArray rows, String actor) {
    List<ImportResult> results = new ArrayList<>(rows.size());
    for (int i = 0; i < rows.size(); i++) {
      results.add(add(companyId, i, rows.get(i), actor));
    }
    return results;
  }

  private ImportResult add(UUID companyId, int index, JsonValue row, String actor) {
    try {
      return add(companyId, index, reader.read(ImportRow.class, row), actor);
    } catch (Refusal refusal) {
      List<MemberError> errors =
          refusal.errors().isEmpty()
              ? List.of(new MemberError("", refusal.detail()))
              : refusal.errors();
      return ImportResult.failed(index, userAccountId(row), errors);
    } catch (RuntimeException e) {
      LogLine.event("import.row-failed").with("index", index).log(LOG, Level.WARNING, e);
      return ImportResult.failed(
          index, userAccountId(row), List.of(new MemberError("", "could not be stored")));
    }
  }

  /** Once more where it failed: the person that another import made meanwhile is found then. */
  private ImportResult add(UUID companyId, int index, ImportRow row, String actor) {
    try {
      return transaction.add(companyId, index, row, actor);
    } catch (Refusal refusal) {
      throw refusal;
    } catch (RuntimeException collision) {
      return transaction.add(companyId, index, row, actor);
    }
  }

  private static @Nullable String userAccountId(JsonValue row) {
    return row instanceof JsonObject object
            && object.get("userAccountId") instanceof JsonString string
        ? Storable.fitted(string.getString(), 255)
        : null;
  }
}
