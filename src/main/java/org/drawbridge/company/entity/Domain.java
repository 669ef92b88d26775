package org.drawbridge.company.entity;

import java.util.UUID;

/**
 * The domain of an application as clients know it.
 *
 * @param id the application's id: an application has one domain
 * @param name the host
 * @param url {@code scheme://host[:port]}
 */
public record Domain(UUID id, String name, String url) {

  public static Domain of(Application application) {
    return new Domain(application.id(), application.host(), application.url());
  }
}
