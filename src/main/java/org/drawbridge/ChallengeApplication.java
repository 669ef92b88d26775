package org.drawbridge;

import jakarta.ws.rs.ApplicationPath;
import jakarta.ws.rs.core.Application;
import java.util.Map;
import java.util.Set;
import org.drawbridge.access.ChallengeSecretFilters;
import org.drawbridge.challenge.boundary.AttemptsResource;
import org.drawbridge.challenge.boundary.ChallengeErrors;
import org.drawbridge.challenge.boundary.ChallengeSessionsResource;
import org.drawbridge.challenge.boundary.ChallengeUsersResource;
import org.drawbridge.challenge.boundary.CodeChallengeResource;
import org.drawbridge.challenge.boundary.TrackResource;
import org.drawbridge.challenge.boundary.UserAuthenticatorsResource;
import org.drawbridge.challenge.boundary.ValidationResource;

/** The challenge API, for the clients of Authsignal. */
@ApplicationPath("authsignal/v1")
public class ChallengeApplication extends Application {

  @Override
  public Set<Class<?>> getClasses() {
    return Composition.of(
        ChallengeSecretFilters.ForCalls.class,
        ChallengeSecretFilters.ForTracking.class,
        ChallengeErrors.class,
        AttemptsResource.class,
        ChallengeSessionsResource.class,
        ChallengeUsersResource.class,
        CodeChallengeResource.class,
        TrackResource.class,
        UserAuthenticatorsResource.class,
        ValidationResource.class);
  }

  @Override
  public Map<String, Object> getProperties() {
    return Composition.PROPERTIES;
  }
}
