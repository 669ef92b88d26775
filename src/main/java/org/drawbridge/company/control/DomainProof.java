package org.drawbridge.company.control;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Hashtable;
import java.util.Locale;
import javax.naming.Context;
import javax.naming.NamingException;
import javax.naming.directory.Attribute;
import javax.naming.directory.InitialDirContext;
import org.drawbridge.company.entity.Application;
import org.drawbridge.kernel.OutboundHttp;
import org.drawbridge.kernel.Settings;

/**
 * Looks whether a domain proves that it belongs to a company: by a CNAME record that only its owner
 * can set, or by a file that only its site's owner can put there. Whatever keeps the proof from
 * being seen (no such name, a time-out, a redirect) means that it is not there.
 */
@ApplicationScoped
public class DomainProof {

  private static final String FILE_PATH = "/.well-known/drawbridge-validation.txt";

  private final Settings settings = Settings.current();

  @Inject OutboundHttp http;

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

  /**
   * Fetches the file from the application's own origin. Takes 10 seconds at most. Nothing follows a
   * redirect, which would let a page on the domain point at somebody else's proof.
   */
  public boolean isOnSite(Application application) {
    byte[] wanted = fileContent(application).getBytes(StandardCharsets.UTF_8);
    try {
      OutboundHttp.Answer answer = http.get(URI.create(application.url() + FILE_PATH));
      String found = new String(answer.body(), StandardCharsets.UTF_8).strip();
      return answer.status() == 200
          && MessageDigest.isEqual(found.getBytes(StandardCharsets.UTF_8), wanted);
    } catch (IOException e) {
      return false;
    }
  }
}
