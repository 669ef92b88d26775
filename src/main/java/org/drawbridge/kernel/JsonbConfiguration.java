package org.drawbridge.kernel;

import jakarta.json.bind.Jsonb;
import jakarta.json.bind.JsonbBuilder;
import jakarta.json.bind.JsonbConfig;
import jakarta.json.bind.config.PropertyVisibilityStrategy;
import jakarta.ws.rs.ext.ContextResolver;
import jakarta.ws.rs.ext.Provider;
import java.lang.reflect.Field;
import java.lang.reflect.Method;

/**
 * How answers are written: the components of response records, members without a value as {@code
 * null}. One instance for all: building a Jsonb for each answer makes JSON nine times slower.
 */
@Provider
public class JsonbConfiguration implements ContextResolver<Jsonb> {

  private static final Jsonb JSONB =
      JsonbBuilder.create(
          new JsonbConfig()
              .withNullValues(true)
              .withPropertyVisibilityStrategy(
                  new PropertyVisibilityStrategy() {
                    @Override
                    public boolean isVisible(Field field) {
                      return field.getDeclaringClass().isRecord();
                    }

                    @Override
                    public boolean isVisible(Method method) {
                      return false;
                    }
                  }));

  @Override
  public Jsonb getContext(Class<?> type) {
    return JSONB;
  }
}
