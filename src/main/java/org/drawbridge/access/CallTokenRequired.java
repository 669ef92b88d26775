package org.drawbridge.access;

import jakarta.ws.rs.NameBinding;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * A domain token is required, for a call that records no check: its {@code exp} may lie as far
 * ahead as a check allows, and its key is looked up anew, so that a revoked one counts no more.
 */
@NameBinding
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.TYPE, ElementType.METHOD})
public @interface CallTokenRequired {}
