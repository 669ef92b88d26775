package org.drawbridge.kernel;

import static java.lang.annotation.ElementType.FIELD;
import static java.lang.annotation.ElementType.METHOD;
import static java.lang.annotation.ElementType.PARAMETER;

import jakarta.validation.Constraint;
import jakarta.validation.Payload;
import jakarta.validation.ReportAsSingleViolation;
import jakarta.validation.constraints.Email;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import java.lang.annotation.Documented;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * An e-mail address that can be written to: RFC 5321 section 4.1.2, but no blank and no control or
 * separator character, not even quoted, for an address goes into a header.
 */
@Documented
@Target({FIELD, METHOD, PARAMETER})
@Retention(RetentionPolicy.RUNTIME)
@Constraint(validatedBy = {})
@ReportAsSingleViolation
@Email
@Pattern(regexp = "[^\\s\\p{Cntrl}\\u0085\\u2028\\u2029]*")
@Size(min = 1, max = 320)
public @interface EmailAddress {

  String message() default "must be an e-mail address such as ana@example.com";

  Class<?>[] groups() default {};

  Class<? extends Payload>[] payload() default {};
}
