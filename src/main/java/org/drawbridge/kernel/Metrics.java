package org.drawbridge.kernel;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmThreadMetrics;
import io.micrometer.core.instrument.binder.system.ProcessorMetrics;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;

/** The meters of this node, scraped by Prometheus. */
@ApplicationScoped
public class Metrics {

  private final PrometheusMeterRegistry registry =
      new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);

  public Metrics() {
    new JvmMemoryMetrics().bindTo(registry);
    new JvmThreadMetrics().bindTo(registry);
    new ProcessorMetrics().bindTo(registry);
    measure(Database.CONNECTIONS);
  }

  private void measure(OpenConnections connections) {
    Gauge.builder("drawbridge.connections.open", connections, OpenConnections::open)
        .description("Database connections that are open now, pooled or not")
        .register(registry);
    FunctionCounter.builder(
            "drawbridge.connections.opened", connections, OpenConnections::everOpened)
        .description("Database connections opened since the start")
        .register(registry);
    Gauge.builder("drawbridge.connections.pool.max", () -> Database.MAX_POOL_SIZE)
        .description("Database connections that the pool holds at most")
        .register(registry);
  }

  @Produces
  @Singleton
  MeterRegistry meters() {
    return registry;
  }

  /** In the Prometheus text format, version 0.0.4. */
  public String scrape() {
    return registry.scrape();
  }
}
