package org.drawbridge.kernel;

import com.google.common.net.InetAddresses;
import java.net.InetAddress;
import java.util.Optional;

/**
 * Addresses that begin alike: CIDR notation (RFC 4632 section 3.1, RFC 4291 section 2.3), such as
 * {@code 203.0.113.0/24} and {@code 2001:db8::/32}; an address by itself is a range of one. No name
 * is ever looked up.
 */
public record IpRange(InetAddress network, int prefixLength) {

  /** Empty for what is no range; the bits behind the prefix do not matter. */
  public static Optional<IpRange> of(String text) {
    int slash = text.indexOf('/');
    String address = slash < 0 ? text : text.substring(0, slash);
    if (!isAddress(address)) {
      return Optional.empty();
    }
    InetAddress network = InetAddresses.forString(address);
    int bits = network.getAddress().length * Byte.SIZE;
    if (slash < 0) {
      return Optional.of(new IpRange(network, bits));
    }
    String prefix = text.substring(slash + 1);
    return prefix.matches("[0-9]{1,3}") && Integer.parseInt(prefix) <= bits
        ? Optional.of(new IpRange(network, Integer.parseInt(prefix)))
        : Optional.empty();
  }

  /**
   * @param address what is no address is in no range
   */
  public boolean contains(String address) {
    if (!isAddress(address)) {
      return false;
    }
    byte[] wanted = network.getAddress();
    byte[] given = InetAddresses.forString(address).getAddress();
    if (given.length != wanted.length) {
      return false;
    }
    for (int bit = 0; bit < prefixLength; bit += Byte.SIZE) {
      int mask = prefixLength - bit >= Byte.SIZE ? 0xff : 0xff << (Byte.SIZE - prefixLength + bit);
      if (((wanted[bit / Byte.SIZE] ^ given[bit / Byte.SIZE]) & mask) != 0) {
        return false;
      }
    }
    return true;
  }

  /** A zone (RFC 4007 section 11) means something on one machine only. */
  private static boolean isAddress(String text) {
    return text.indexOf('%') < 0 && InetAddresses.isInetAddress(text);
  }
}
