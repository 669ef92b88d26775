package org.drawbridge.notification.entity;

/**
 * What a person reads.
 *
 * @param subject one line; empty for an SMS, which has none
 */
public record NoticeText(String subject, String body) {

  /**
   * @throws IllegalArgumentException where the subject is more than one line: it could forge
   *     headers
   */
  public NoticeText {
    if (subject.chars().anyMatch(Character::isISOControl)) {
      throw new IllegalArgumentException("A subject is one line");
    }
  }

  /** What {@link #written} wrote. */
  public static NoticeText read(String written) {
    int end = written.indexOf('\n');
    return new NoticeText(written.substring(0, end), written.substring(end + 1));
  }

  /** The subject's line, and the body below it. */
  public String written() {
    return subject + '\n' + body;
  }

  /** Not the text: it holds secrets, and must not get into a log. */
  @Override
  public String toString() {
    return "NoticeText";
  }
}
