package org.drawbridge.challenge.boundary;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import org.drawbridge.access.ChallengeSecrets;
import org.drawbridge.challenge.control.Track;
import org.drawbridge.challenge.control.Tracking;
import org.drawbridge.challenge.control.Tracking.Tracked;

/** Tracks in a transaction what has consequences. */
@ApplicationScoped
class ThoroughTracking {

  @Inject ChallengeSecrets secrets;
  @Inject Tracking tracking;

  @Transactional
  Tracked track(Track track) {
    secrets.verifyAgain(track.caller());
    return tracking.track(track);
  }
}
