package org.drawbridge;

import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import org.drawbridge.kernel.JsonbConfiguration;
import org.drawbridge.kernel.RecordReader;
import org.drawbridge.problem.CommitFailureMapper;
import org.drawbridge.problem.RefusalMapper;
import org.drawbridge.problem.ThrowableMapper;

/** What every JAX-RS application needs; a provider that is not listed is silently left out. */
final class Composition {

  /** Jersey would describe every address in WADL. */
  static final Map<String, Object> PROPERTIES =
      Map.of("jersey.config.server.wadl.disableWadl", true);

  private Composition() {}

  static Set<Class<?>> of(Class<?>... own) {
    Set<Class<?>> classes = new LinkedHashSet<>();
    classes.add(RefusalMapper.class);
    classes.add(ThrowableMapper.class);
    classes.add(CommitFailureMapper.class);
    classes.add(RecordReader.class);
    classes.add(JsonbConfiguration.class);
    classes.addAll(Set.of(own));
    return classes;
  }
}
