package org.drawbridge.user.control;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import org.drawbridge.company.control.Companies;
import org.drawbridge.kernel.Language;
import org.drawbridge.kernel.Recipient;
import org.drawbridge.user.entity.User;
import org.jspecify.annotations.Nullable;

/** How people are reached, and in which language. */
@ApplicationScoped
public class Recipients {

  @Inject Companies companies;

  /** On the channels that the person prefers. */
  public Recipient preferred(User user) {
    return new Recipient(
        user.companyId(),
        user.id(),
        user.allowsEmailNotification() ? user.email() : null,
        user.allowsSmsNotification() ? user.phone() : null,
        language(user));
  }

  /** Whatever the person prefers: for what nobody may miss. */
  public Recipient always(User user) {
    return new Recipient(user.companyId(), null, user.email(), user.phone(), language(user));
  }

  /** Everybody who administers the company and can be written to. */
  public List<Recipient> administrators(UUID companyId) {
    return companies.administratorEmails(companyId).stream()
        .map(email -> new Recipient(companyId, null, email, null, language(companyId)))
        .toList();
  }

  /** Somebody who may be no user yet. */
  public Recipient anybody(UUID companyId, @Nullable String email, @Nullable String phone) {
    return new Recipient(companyId, null, email, phone, language(companyId));
  }

  /**
   * The same, in the person's own language.
   *
   * @param locale such as {@code de-CH}; null where it is not known. The company's language counts
   *     where there are no texts for it.
   */
  public Recipient anybody(
      UUID companyId, @Nullable String email, @Nullable String phone, @Nullable String locale) {
    Language own = locale == null ? null : language(locale);
    return own == null
        ? anybody(companyId, email, phone)
        : new Recipient(companyId, null, email, phone, own);
  }

  /** Null where there are no texts for it. */
  private static @Nullable Language language(String locale) {
    String wanted = Locale.forLanguageTag(locale.replace('_', '-')).getLanguage();
    return Arrays.stream(Language.values())
        .filter(language -> language.tag().equals(wanted))
        .findFirst()
        .orElse(null);
  }

  private Language language(User user) {
    Language own = user.language();
    return own == null ? language(user.companyId()) : own;
  }

  private Language language(UUID companyId) {
    return companies.get(companyId).language();
  }
}
