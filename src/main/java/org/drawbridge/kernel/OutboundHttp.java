package org.drawbridge.kernel;

import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.apache.hc.client5.http.SystemDefaultDnsResolver;
import org.apache.hc.client5.http.classic.methods.HttpGet;
import org.apache.hc.client5.http.classic.methods.HttpPost;
import org.apache.hc.client5.http.classic.methods.HttpUriRequestBase;
import org.apache.hc.client5.http.config.ConnectionConfig;
import org.apache.hc.client5.http.config.RequestConfig;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.HttpClients;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManagerBuilder;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.HttpEntity;
import org.apache.hc.core5.http.io.entity.ByteArrayEntity;
import org.apache.hc.core5.io.CloseMode;
import org.apache.hc.core5.util.Timeout;
import org.drawbridge.problem.Impossible;
import org.drawbridge.problem.MemberError;

/**
 * Calls addresses that companies and people have named. Whatever those lead to: only the public
 * Internet is called, and the hosts of {@code DRAWBRIDGE_PRIVATE_HOSTS}; no redirect is followed;
 * and every call ends in time. The address is looked at where the connection is made, so that a
 * name cannot lead elsewhere the second time.
 */
@ApplicationScoped
public class OutboundHttp {

  private static final Duration TIME = Duration.ofSeconds(10);

  /** So much of an answer is read. */
  private static final int MAX_ANSWER = 256 * 1024;

  private static final int CONNECTIONS_TO_ONE_PLACE = 8;
  private static final int CONNECTIONS = 64;

  private final Set<String> privateHosts;
  private final Duration time;
  private final CloseableHttpClient client;
  private final ScheduledThreadPoolExecutor watch = watch();

  public OutboundHttp() {
    this(Settings.current().privateHosts(), TIME);
  }

  /**
   * @param privateHosts that may be called though they are not public
   * @param time for each call
   */
  OutboundHttp(Set<String> privateHosts, Duration time) {
    this.privateHosts = privateHosts;
    this.time = time;
    this.client = client(privateHosts, Timeout.of(time));
  }

  /**
   * @param body cut off after 256 KiB
   */
  public record Answer(int status, byte[] body) {

    public boolean isSuccess() {
      return status / 100 == 2;
    }
  }

  private static final class PublicNames extends SystemDefaultDnsResolver {

    private final Set<String> privateHosts;

    PublicNames(Set<String> privateHosts) {
      this.privateHosts = privateHosts;
    }

    @Override
    public InetAddress[] resolve(String host) throws UnknownHostException {
      InetAddress[] addresses = super.resolve(host);
      String name = host.toLowerCase(Locale.ROOT);
      if (!privateHosts.contains(name.indexOf(':') < 0 ? name : "[" + name + "]")) {
        for (InetAddress address : addresses) {
          if (!PublicAddresses.contain(address)) {
            throw new UnknownHostException(
                host + " is no public address, and DRAWBRIDGE_PRIVATE_HOSTS does not name it");
          }
        }
      }
      return addresses;
    }
  }

  /**
   * Ends calls, and runs nothing of ours: it needs no context of the server, which takes longer to
   * capture than many a call takes.
   */
  private static ScheduledThreadPoolExecutor watch() {
    ScheduledThreadPoolExecutor watch =
        new ScheduledThreadPoolExecutor(
            1,
            task -> {
              Thread thread = new Thread(task, "drawbridge-outbound-watch");
              thread.setDaemon(true);
              return thread;
            });
    watch.setRemoveOnCancelPolicy(true);
    return watch;
  }

  private static CloseableHttpClient client(Set<String> privateHosts, Timeout time) {
    return HttpClients.custom()
        .setConnectionManager(
            PoolingHttpClientConnectionManagerBuilder.create()
                .setDnsResolver(new PublicNames(privateHosts))
                .setMaxConnPerRoute(CONNECTIONS_TO_ONE_PLACE)
                .setMaxConnTotal(CONNECTIONS)
                .setDefaultConnectionConfig(
                    ConnectionConfig.custom()
                        .setConnectTimeout(time)
                        .setSocketTimeout(time)
                        .build())
                .build())
        .setDefaultRequestConfig(
            RequestConfig.custom()
                .setConnectionRequestTimeout(time)
                .setResponseTimeout(time)
                .build())
        .setUserAgent("Drawbridge")
        .disableRedirectHandling()
        .disableAutomaticRetries()
        .disableCookieManagement()
        .disableAuthCaching()
        .disableContentCompression()
        .build();
  }

  /**
   * An address that somebody names: {@code https}, or {@code http} on a host of {@code
   * DRAWBRIDGE_PRIVATE_HOSTS}; without user, password and fragment.
   *
   * @param member of the request that names it
   * @param example to show where it is none
   * @throws Impossible where it may not be called
   */
  public URI address(String member, String given, String example) {
    try {
      URI address = new URI(given);
      if (isCallable(address)) {
        return address;
      }
    } catch (URISyntaxException e) {
      // told below
    }
    throw new Impossible(MemberError.at(member, "must be an address such as " + example));
  }

  private boolean isCallable(URI address) {
    String host = address.getHost();
    return host != null
        && ("https".equalsIgnoreCase(address.getScheme())
            || ("http".equalsIgnoreCase(address.getScheme())
                && privateHosts.contains(host.toLowerCase(Locale.ROOT))))
        && address.getRawUserInfo() == null
        && address.getRawFragment() == null;
  }

  /**
   * @throws IOException where there was no answer within 10 seconds; its message says why
   */
  public Answer get(URI from) throws IOException {
    return answer(new HttpGet(from));
  }

  /**
   * @param headers the content type among them
   * @throws IOException where there was no answer within 10 seconds; its message says why
   */
  public Answer post(URI to, Map<String, String> headers, byte[] body) throws IOException {
    HttpPost call = new HttpPost(to);
    headers.forEach(call::setHeader);
    call.setEntity(new ByteArrayEntity(body, null));
    return answer(call);
  }

  private Answer answer(HttpUriRequestBase call) throws IOException {
    // The client's own time-outs begin anew with every byte.
    Future<?> end = watch.schedule(call::abort, time.toMillis(), TimeUnit.MILLISECONDS);
    try {
      return client.execute(call, OutboundHttp::read);
    } catch (IOException e) {
      if (call.isAborted()) {
        throw new IOException("no answer within " + time.toMillis() + " ms", e);
      }
      throw e;
    } finally {
      end.cancel(false);
    }
  }

  private static Answer read(ClassicHttpResponse response) throws IOException {
    HttpEntity entity = response.getEntity();
    if (entity == null) {
      return new Answer(response.getCode(), new byte[0]);
    }
    try (InputStream body = entity.getContent()) {
      return new Answer(response.getCode(), body.readNBytes(MAX_ANSWER));
    }
  }

  @PreDestroy
  void close() {
    watch.shutdownNow();
    client.close(CloseMode.GRACEFUL);
  }
}
