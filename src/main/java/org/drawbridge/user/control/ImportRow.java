package org.drawbridge.user.control;

import jakarta.json.bind.annotation.JsonbProperty;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.Size;
import org.drawbridge.kernel.EmailAddress;
import org.drawbridge.kernel.PhoneNumber;
import org.jspecify.annotations.Nullable;

/**
 * One person with one account.
 *
 * @param domain the domain URL, or the bare host, of one of the company's applications
 */
public record ImportRow(
    @JsonbProperty("first_name") @NotBlank @Size(max = 255) String firstName,
    @JsonbProperty("last_name") @NotBlank @Size(max = 255) String lastName,
    @NotBlank @EmailAddress @Size(max = 255) String email,
    @NotBlank @Size(max = 300) String domain,
    @Nullable @PhoneNumber String phone,
    @NotBlank @Size(max = 255) String userAccountId) {}
