package org.drawbridge.company.entity;

/** How a company proves that a domain is its own. */
public enum ValidationMethod {
  /** A CNAME record that only the domain's owner can set. */
  CNAME,
  /** A file that only the site's owner can put there. */
  FILE,
  /** The platform administrator's word. */
  ADMINISTRATOR
}
