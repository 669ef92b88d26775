package org.drawbridge.notification.entity;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.Id;
import jakarta.persistence.IdClass;
import jakarta.persistence.Table;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import org.drawbridge.kernel.Language;
import org.drawbridge.kernel.OwnedId;
import org.drawbridge.kernel.Storable;
import org.jspecify.annotations.Nullable;

/**
 * One message to one person, or to one webhook. Its life: queued in the transaction of what it
 * tells about, then leased for each try, and in the end sent, or given up after a day. What is sent
 * loses its text; a message that stays here, because its channel leads nowhere, keeps it for
 * another day, and one that was given up for a week, in which an administrator can have it tried
 * again.
 *
 * <p>A message may have a substitute: the same on another channel, which stands by, and is sent
 * once this one is given up, half a minute later already.
 */
@Entity
@Table(name = "outbox_messages")
@IdClass(OwnedId.class)
public class OutboxMessage {

  /** How far it has come. */
  public enum Status {
    WAITING,
    /** Only sent when the message that it stands in for is given up. */
    STANDBY,
    SENT,
    FAILED
  }

  /** Longer than a try can take, so that no two nodes try side by side. */
  static final Duration LEASE = Duration.ofMinutes(2);

  /** For so long after it was leased a try may begin: it must end within the lease. */
  public static final Duration BEGINNING = LEASE.dividedBy(3);

  static final Duration GIVING_UP = Duration.ofHours(24);

  /** A person who waits for a login must hear of it while the login still waits. */
  static final Duration SUBSTITUTING = Duration.ofSeconds(30);

  static final Duration KEEPING = Duration.ofHours(24);
  static final Duration KEEPING_FAILED = Duration.ofDays(7);

  /** Rests are up to a fifth longer, so that what failed together is not tried together again. */
  private static final int SPREAD_PERCENT = 20;

  private static final Duration LONGEST_REST = Duration.ofHours(1);
  private static final int MAX_ERROR = 300;

  @Id
  @Column(name = "company_id")
  private UUID companyId;

  @Id
  @Column(name = "id")
  private UUID id;

  @Enumerated(EnumType.STRING)
  @Column(name = "channel")
  private Channel channel;

  @Column(name = "kind")
  private String kind;

  @Column(name = "recipient")
  private String recipient;

  @Column(name = "sealed")
  private byte @Nullable [] sealed;

  @Column(name = "created_at")
  private Instant createdAt;

  @Column(name = "next_try_at")
  private @Nullable Instant nextTryAt;

  @Column(name = "tries")
  private int tries;

  @Column(name = "sent_at")
  private @Nullable Instant sentAt;

  @Column(name = "failed_at")
  private @Nullable Instant failedAt;

  @Column(name = "tried_since")
  private @Nullable Instant triedSince;

  @Column(name = "last_error")
  private @Nullable String lastError;

  @Column(name = "text_until")
  private @Nullable Instant textUntil;

  @Enumerated(EnumType.STRING)
  @Column(name = "language")
  private Language language;

  @Column(name = "substitute_id")
  private @Nullable UUID substituteId;

  @Column(name = "merged")
  private int merged;

  protected OutboxMessage() {}

  /**
   * @param recipient an address or a number; for a webhook, and for a person's devices, their id
   * @param sealed subject and body, encrypted for {@link #context}
   * @throws IllegalArgumentException where the recipient is more than one line, or nobody
   */
  public OutboxMessage(
      UUID companyId,
      UUID id,
      Channel channel,
      String kind,
      String recipient,
      Language language,
      byte[] sealed,
      Instant now) {
    if (recipient.isBlank() || recipient.chars().anyMatch(Character::isISOControl)) {
      throw new IllegalArgumentException("A recipient is one line");
    }
    this.companyId = companyId;
    this.id = id;
    this.channel = channel;
    this.kind = kind;
    this.recipient = recipient;
    this.language = language;
    this.sealed = sealed.clone();
    this.createdAt = now;
    this.nextTryAt = now;
  }

  /** What the text is sealed for, so that it opens in no other row. */
  public static String context(UUID companyId, UUID id) {
    return "outbox-message " + companyId + " " + id;
  }

  /** Has another message stand by for this one. */
  public void substitutedBy(OutboxMessage substitute) {
    substitute.nextTryAt = null;
    substituteId = substitute.id;
  }

  /** Its turn has come: what it stood in for was given up. */
  public void standIn(Instant now) {
    if (status() == Status.STANDBY) {
      createdAt = now;
      nextTryAt = now;
    }
  }

  /** Takes in another message of its kind, and tells of both later, in one. */
  public void merge(byte[] newSealed) {
    merged++;
    sealed = newSealed.clone();
  }

  /** Holds the message back until then. */
  public void rest(Instant until) {
    nextTryAt = until;
  }

  /** Begins a try. Should it never end, the next one begins when the lease is over. */
  public void lease(Instant now) {
    tries++;
    nextTryAt = now.plus(LEASE);
  }

  /** Takes the beginning of a try back: there was no time for it. */
  public void release(Instant now) {
    tries--;
    nextTryAt = now;
  }

  public void sent(Instant now) {
    settle();
    sentAt = now;
    sealed = null;
    lastError = null;
  }

  /** There is nowhere to send it to: it counts as sent, and can be read here for a while. */
  public void stays(Instant now) {
    settle();
    sentAt = now;
    textUntil = now.plus(KEEPING);
  }

  /** Rests twice as long after each try, an hour at most; gives up what is a day old. */
  public void failed(String why, Instant now) {
    Instant next = now.plus(rest());
    Instant since = triedSince == null ? createdAt : triedSince;
    if (next.isAfter(since.plus(substituteId == null ? GIVING_UP : SUBSTITUTING))) {
      giveUp(why, now);
    } else {
      lastError = Storable.fitted(why, MAX_ERROR);
      nextTryAt = next;
    }
  }

  /** No further try could succeed, or there have been enough. */
  public void giveUp(String why, Instant now) {
    settle();
    failedAt = now;
    textUntil = now.plus(KEEPING_FAILED);
    lastError = Storable.fitted(why, MAX_ERROR);
  }

  /**
   * Has it tried for another day.
   *
   * @throws MessageNotFailed where it was not given up, or its text is gone
   */
  public void tryAgain(Instant now) {
    if (status() != Status.FAILED || sealed == null) {
      throw new MessageNotFailed();
    }
    failedAt = null;
    textUntil = null;
    tries = 0;
    triedSince = now;
    nextTryAt = now;
    // It has been sent on the other channel; this is for who wants it on both.
    substituteId = null;
  }

  private Duration rest() {
    // 2 ^ 12 seconds are more than an hour.
    Duration rest = Duration.ofSeconds(1L << Math.min(Math.max(tries - 1, 0), 12));
    Duration longest = rest.compareTo(LONGEST_REST) > 0 ? LONGEST_REST : rest;
    int spread = Math.floorMod(id.hashCode() + 31 * tries, SPREAD_PERCENT + 1);
    return longest.plus(longest.multipliedBy(spread).dividedBy(100));
  }

  private void settle() {
    nextTryAt = null;
  }

  public Status status() {
    if (sentAt != null) {
      return Status.SENT;
    }
    if (failedAt != null) {
      return Status.FAILED;
    }
    return nextTryAt == null ? Status.STANDBY : Status.WAITING;
  }

  public UUID companyId() {
    return companyId;
  }

  public UUID id() {
    return id;
  }

  public Channel channel() {
    return channel;
  }

  public String kind() {
    return kind;
  }

  public boolean isTo(String somebody) {
    return recipient.equals(somebody);
  }

  public String recipient() {
    return recipient;
  }

  public Language language() {
    return language;
  }

  /** The message that stands by for this one; null where none does. */
  public @Nullable UUID substituteId() {
    return substituteId;
  }

  /** How many other messages this one tells of. */
  public int merged() {
    return merged;
  }

  /** Null once the text is emptied. */
  public byte @Nullable [] sealed() {
    return sealed == null ? null : sealed.clone();
  }

  public Instant createdAt() {
    return createdAt;
  }

  /** When the sender looks at it next; null once it is sent or given up. */
  public @Nullable Instant nextTryAt() {
    return nextTryAt;
  }

  public int tries() {
    return tries;
  }

  public @Nullable Instant sentAt() {
    return sentAt;
  }

  /** What the last try failed of; null where there was none, or it succeeded. */
  public @Nullable String lastError() {
    return lastError;
  }
}
