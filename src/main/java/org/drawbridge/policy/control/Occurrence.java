package org.drawbridge.policy.control;

import java.time.Instant;
import java.time.LocalDateTime;
import org.jspecify.annotations.Nullable;

/**
 * One time at which a schedule comes.
 *
 * @param at when it comes; no other occurrence of the schedule is at the same instant
 * @param local the wall-clock time that was asked for, on a day that the month has; the clock in
 *     the zone shows another one at {@code at} only where the shift is {@link Shift#DST_GAP}. Of
 *     several times that fall on the same instant, the earliest
 * @param shift null where the schedule comes just as written; {@link Shift#DST_GAP} where both
 *     shifts apply
 */
public record Occurrence(Instant at, LocalDateTime local, @Nullable Shift shift) {}
