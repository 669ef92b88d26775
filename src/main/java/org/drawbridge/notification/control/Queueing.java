package org.drawbridge.notification.control;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;
import org.drawbridge.kernel.Dialling;
import org.drawbridge.kernel.Ids;
import org.drawbridge.kernel.Language;
import org.drawbridge.kernel.Notice;
import org.drawbridge.kernel.Recipient;
import org.drawbridge.kernel.Settings;
import org.drawbridge.kernel.Vault;
import org.drawbridge.notification.entity.Channel;
import org.drawbridge.notification.entity.NoticeText;
import org.drawbridge.notification.entity.OutboxMessage;
import org.jspecify.annotations.Nullable;

/** Makes messages of what is to be told, and puts them into the outbox. */
@ApplicationScoped
public class Queueing {

  private static final Duration MERGING = Duration.ofMinutes(1);
  private static final int MOST_OF_A_KIND = 5;
  private static final String MERGED = "more-notices";

  /** Each of them holds something of its own that the person needs. */
  private static final Set<String> NEVER_MERGED =
      Set.of(
          "confirmation-code",
          "enrolment",
          "passkeys-reset",
          "phone-message",
          "test-notice",
          "welcome");

  /** What asks the person to answer now; all else can wait for the next look into the mail. */
  private static final Set<String> PROMPTS =
      Set.of("unlock-request", "unlock-offered", "approval-request");

  @Inject Outbox outbox;
  @Inject PushSubscriptions subscriptions;
  @Inject NoticeTemplates templates;
  @Inject Gateways gateways;
  @Inject Vault vault;
  @Inject Clock clock;

  private final String home = Settings.current().publicUrl() + "/";

  /**
   * Queues a message on the first channel on which the person can be reached, and the same on the
   * other channels, to stand by. Where a person is told too much of one kind, what is more than
   * that is told of in one message, a minute later.
   */
  public void notice(Notice notice) {
    List<Channel> channels = channels(notice);
    if (channels.isEmpty()) {
      return;
    }
    if (isTooMuch(channels.get(0), notice)) {
      merge(channels, notice);
    } else {
      add(channels.stream().map(c -> message(c, notice)).toList());
    }
  }

  /** Has each stand by for the one before it. */
  private void add(List<OutboxMessage> messages) {
    for (int i = 1; i < messages.size(); i++) {
      messages.get(i - 1).substitutedBy(messages.get(i));
    }
    messages.forEach(outbox::add);
  }

  /** Queues what a webhook is to be sent. */
  public void event(UUID companyId, UUID webhookId, String type, String json) {
    outbox.add(
        message(
            Channel.WEBHOOK,
            companyId,
            type,
            webhookId.toString(),
            Language.EN,
            new NoticeText("", json)));
  }

  /** Those that lead out, or where none does, the first: it can be read in the outbox. */
  private List<Channel> channels(Notice notice) {
    List<Channel> all =
        Stream.of(Channel.PUSH, Channel.MAIL, Channel.SMS)
            .filter(c -> address(c, notice.to()) != null)
            .filter(c -> c != Channel.PUSH || isShownOnDevices(notice))
            .toList();
    List<Channel> out = all.stream().filter(gateways::leadOut).toList();
    return out.isEmpty() ? all.stream().limit(1).toList() : out;
  }

  private boolean isShownOnDevices(Notice notice) {
    UUID userId = notice.to().userId();
    return userId != null
        && PROMPTS.contains(notice.kind())
        && !subscriptions.of(notice.to().companyId(), userId).isEmpty();
  }

  private static @Nullable String address(Channel channel, Recipient to) {
    return switch (channel) {
      case PUSH -> to.userId() == null ? null : to.userId().toString();
      case MAIL -> to.email();
      case SMS -> to.phone() == null ? null : Dialling.digits(to.phone());
      case WEBHOOK -> null;
    };
  }

  private OutboxMessage message(Channel channel, Notice notice) {
    Recipient to = notice.to();
    return message(
        channel,
        to.companyId(),
        notice.kind(),
        Objects.requireNonNull(address(channel, to)),
        to.language(),
        text(channel, notice));
  }

  private OutboxMessage message(
      Channel channel,
      UUID companyId,
      String kind,
      String recipient,
      Language language,
      NoticeText text) {
    Instant now = clock.instant();
    UUID id = Ids.next(now);
    return new OutboxMessage(
        companyId, id, channel, kind, recipient, language, sealed(companyId, id, text), now);
  }

  private NoticeText text(Channel channel, Notice notice) {
    return templates.text(channel, notice.to().language(), notice.kind(), notice.facts());
  }

  private byte[] sealed(UUID companyId, UUID id, NoticeText text) {
    return vault.seal(
        text.written().getBytes(StandardCharsets.UTF_8), OutboxMessage.context(companyId, id));
  }

  private boolean isTooMuch(Channel channel, Notice notice) {
    return !NEVER_MERGED.contains(notice.kind())
        && outbox.toSince(
                notice.to().companyId(),
                channel,
                notice.kind(),
                Objects.requireNonNull(address(channel, notice.to())),
                clock.instant().minus(MERGING))
            >= MOST_OF_A_KIND;
  }

  private void merge(List<Channel> channels, Notice notice) {
    Recipient to = notice.to();
    Channel first = channels.get(0);
    List<OutboxMessage> resting =
        outbox.resting(to.companyId(), first, MERGED, Objects.requireNonNull(address(first, to)));
    Map<String, Object> facts = new HashMap<>();
    facts.put("number", resting.isEmpty() ? 1 : resting.get(0).merged() + 2);
    facts.put("latest", text(Channel.MAIL, notice).subject());
    facts.put("link", home);
    Notice all = new Notice(MERGED, to, facts);
    if (resting.isEmpty()) {
      List<OutboxMessage> messages = channels.stream().map(c -> message(c, all)).toList();
      messages.get(0).rest(clock.instant().plus(MERGING));
      add(messages);
    } else {
      resting.forEach(m -> m.merge(sealed(m.companyId(), m.id(), text(m.channel(), all))));
    }
  }
}
