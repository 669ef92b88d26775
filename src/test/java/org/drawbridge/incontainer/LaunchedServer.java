package org.drawbridge.incontainer;

import java.nio.file.Path;
import java.util.Map;
import org.drawbridge.testing.RunningServer;
import org.drawbridge.testing.TestFolder;
import org.jboss.arquillian.container.spi.client.container.ContainerConfiguration;
import org.jboss.arquillian.container.spi.client.container.DeployableContainer;
import org.jboss.arquillian.container.spi.client.protocol.ProtocolDescription;
import org.jboss.arquillian.container.spi.client.protocol.metadata.HTTPContext;
import org.jboss.arquillian.container.spi.client.protocol.metadata.ProtocolMetaData;
import org.jboss.arquillian.container.spi.client.protocol.metadata.Servlet;
import org.jboss.arquillian.core.spi.LoadableExtension;
import org.jboss.shrinkwrap.api.Archive;
import org.jboss.shrinkwrap.api.exporter.ZipExporter;

/**
 * Arquillian's container: the server as the README's first command starts it, with the archive that
 * is to be deployed. So tests inside run where the product runs, and no adapter starts it
 * otherwise.
 */
public final class LaunchedServer implements DeployableContainer<LaunchedServer.Configuration> {

  private static final String RUNNER = "ArquillianServletRunnerEE9";

  private RunningServer server;

  /** Makes Arquillian know it; named in {@code META-INF/services}. */
  public static final class Extension implements LoadableExtension {

    @Override
    public void register(ExtensionBuilder builder) {
      builder.service(DeployableContainer.class, LaunchedServer.class);
    }
  }

  /** There is nothing to set. */
  public static final class Configuration implements ContainerConfiguration {

    @Override
    public void validate() {}
  }

  @Override
  public Class<Configuration> getConfigurationClass() {
    return Configuration.class;
  }

  @Override
  public void setup(Configuration configuration) {}

  @Override
  public void start() {}

  @Override
  public void stop() {}

  @Override
  public ProtocolDescription getDefaultProtocol() {
    return new ProtocolDescription("Servlet 5.0");
  }

  @Override
  public ProtocolMetaData deploy(Archive<?> archive) {
    Path war = TestFolder.create("incontainer").resolve(RunningServer.WAR.getFileName());
    archive.as(ZipExporter.class).exportTo(war.toFile());
    // Nobody answers there: what is to be sent waits.
    server = RunningServer.start(Map.of("DRAWBRIDGE_SMTP_URL", "smtp://localhost:1"), war);
    HTTPContext context = new HTTPContext(server.url().getHost(), server.port());
    context.add(new Servlet(RUNNER, ""));
    return new ProtocolMetaData().addContext(context);
  }

  @Override
  public void undeploy(Archive<?> archive) {
    server.close();
  }
}
