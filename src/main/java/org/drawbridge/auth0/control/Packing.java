package org.drawbridge.auth0.control;

import static java.nio.charset.StandardCharsets.UTF_8;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.util.Map;
import java.util.UUID;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.drawbridge.access.Reach;
import org.drawbridge.company.control.Applications;
import org.drawbridge.company.control.KeyIssuing;
import org.drawbridge.kernel.Settings;

/**
 * Fills the pack of Auth0 Actions in for one application. Placeholders are those of
 * auth0-deploy-cli, {@code ##NAME##}, so that who deploys from the folder has it fill in the same.
 */
@ApplicationScoped
public class Packing {

  @Inject PackFiles files;
  @Inject Applications applications;
  @Inject KeyIssuing keys;

  private final URI publicUrl = Settings.current().publicUrl();

  /** A zip with a new signing key in it, which counts beside those that are there already. */
  public byte[] pack(Reach reach, UUID applicationId) {
    Map<String, String> values =
        Map.of(
            "DRAWBRIDGE_API_HOST", publicUrl.getAuthority(),
            "DRAWBRIDGE_APP_URI", applications.get(reach, applicationId).url(),
            "DRAWBRIDGE_SIGNING_KEY", keys.issueSigningKey(reach, applicationId, null).text());
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
      for (Map.Entry<String, byte[]> file : files.all().entrySet()) {
        zip.putNextEntry(new ZipEntry(file.getKey()));
        zip.write(filled(file.getKey(), file.getValue(), values));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }

  /** No value holds what JSON would escape: they are a host, an origin and base64. */
  private static byte[] filled(String path, byte[] file, Map<String, String> values) {
    if (!path.startsWith("actions/")) {
      return file;
    }
    String text = new String(file, UTF_8);
    for (Map.Entry<String, String> value : values.entrySet()) {
      text = text.replace("##" + value.getKey() + "##", value.getValue());
    }
    return text.getBytes(UTF_8);
  }
}
