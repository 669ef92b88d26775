package org.drawbridge.registration.entity;

import jakarta.persistence.Column;
import jakarta.persistence.Embeddable;
import org.jspecify.annotations.Nullable;

/** What somebody who signs up says of themselves. */
@Embeddable
public record Person(
    @Column(name = "username") String username,
    @Column(name = "email") String email,
    @Column(name = "first_name") String firstName,
    @Column(name = "last_name") String lastName,
    @Column(name = "phone") @Nullable String phone) {}
