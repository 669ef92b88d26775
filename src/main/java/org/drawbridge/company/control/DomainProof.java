package org.drawbridge.company.control;

import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.Hashtable;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import javax.naming.Context;
import javax.naming.NamingException;
import javax.naming.directory.Attribute;
import javax.naming.directory.InitialDirContext;
import org.drawbridge.company.entity.Application;
import org.drawbridge.kernel.Settings;

/**
 * Looks whether a domain proves that it belongs to a company: by a CNAME record that only its owner
 * can set, or by a file that only its site's owner can put there. Whatever keeps the proof from
 * being seen (no such name, a time-out, a redirect) means that it is not there.
 */
@ApplicationScoped
public class DomainProof {

  private static final Duration TIMEOUT = Duration.ofSeconds(5);
  private static final String FILE_PATH = "/.well-known/drawbridge-validation.txt";

  private final Settings settings = Settings.current();
  private final HttpClient http =
      HttpClient.newBuilder()
          .connectTimeout(TIMEOUT)
          // A redirect would let a page on the domain point at somebody else's proof.
          .followRedirects(HttpClient.Redirect.NEVER)
          .build();

  public String cnameName(Application application) {
    return "_drawbridge." + application.host();
  }

  public String cnameValue(Application application) {
    return application.validationToken() + ".validation." + settings.publicUrl().getHost();
  }

  public String filePath() {
    return FILE_PATH;
  }

  public String fileContent(Application application) {
    return "drawbridge-validation=" + application.validationToken();
  }

  /** Asks the configured DNS server, or the system's resolvers. Takes 5 seconds at most. */
  // The lookup is of a DNS record with a fixed factory; nothing is deserialized. JNDI wants
  // Hashtable.
  @SuppressWarnings({"BanJNDI", "JdkObsolete"})
  public boolean isInDns(Application application) {
    Hashtable<String, String> environment = new Hashtable<>();
    environment.put(Context.INITIAL_CONTEXT_FACTORY, "com.sun.jndi.dns.DnsContextFactory");
    environment.put("com.sun.jndi.dns.timeout.initial", "1500");
    environment.put("com.sun.jndi.dns.timeout.retries", "2");
    settings.dnsServer().ifPresent(uri -> environment.put(Context.PROVIDER_URL, uri.toString()));
    try {
      InitialDirContext dns = new InitialDirContext(environment);
      try {
        Attribute cname =
            dns.getAttributes(cnameName(application), new String[] {"CNAME"}).get("CNAME");
        return cname != null && isName(String.valueOf(cname.get()), cnameValue(application));
      } finally {
        dns.close();
      }
    } catch (NamingException e) {
      return false;
    }
  }

  private static boolean isName(String found, String wanted) {
    String name = found.endsWith(".") ? found.substring(0, found.length() - 1) : found;
    return name.toLowerCase(Locale.ROOT).equals(wanted.toLowerCase(Locale.ROOT));
  }

  /** Fetches the file from the application's own origin. Takes 5 seconds at most. */
  public boolean isOnSite(Application application) {
    byte[] wanted = fileContent(application).getBytes(StandardCharsets.UTF_8);
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(application.url() + FILE_PATH))
            .timeout(TIMEOUT)
            .header("User-Agent", "drawbridge-validation")
            .build();
    CompletableFuture<Boolean> found =
        http.sendAsync(request, HttpResponse.BodyHandlers.ofInputStream())
            .thenApply(response -> response.statusCode() == 200 && holds(response, wanted));
    try {
      return found.get(TIMEOUT.toMillis(), TimeUnit.MILLISECONDS);
    } catch (ExecutionException | TimeoutException e) {
      found.cancel(true);
      return false;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  private static boolean holds(HttpResponse<InputStream> response, byte[] wanted) {
    try (InputStream body = response.body()) {
      String text = new String(body.readNBytes(1024), StandardCharsets.UTF_8).strip();
      return MessageDigest.isEqual(text.getBytes(StandardCharsets.UTF_8), wanted);
    } catch (IOException e) {
      return false;
    }
  }
}
