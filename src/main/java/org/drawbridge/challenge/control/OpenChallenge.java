package org.drawbridge.challenge.control;

import org.drawbridge.access.ChallengeTokens.Claims;
import org.drawbridge.challenge.entity.Attempt;
import org.drawbridge.challenge.entity.ChallengeUser;

/**
 * An attempt on the challenge page, and whose it is.
 *
 * @param claims of the token that the page was opened with
 * @param isEnrolling whether the person has nothing to answer with yet
 */
record OpenChallenge(Claims claims, Attempt attempt, ChallengeUser user, boolean isEnrolling) {}
