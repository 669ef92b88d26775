package org.drawbridge.kernel;

import java.net.Inet4Address;
import java.net.Inet6Address;
import java.net.InetAddress;

/**
 * Tells the addresses of the public Internet from all others (IANA's special-purpose registries,
 * RFC 6890), so that no company can have this server call what only this server can reach.
 */
final class PublicAddresses {

  private PublicAddresses() {}

  static boolean contain(InetAddress address) {
    if (address.isAnyLocalAddress()
        || address.isLoopbackAddress()
        || address.isLinkLocalAddress()
        || address.isSiteLocalAddress()
        || address.isMulticastAddress()) {
      return false;
    }
    byte[] bytes = address.getAddress();
    int first = bytes[0] & 0xff;
    int second = bytes[1] & 0xff;
    if (address instanceof Inet4Address) {
      return first != 0
          // Shared by the customers of a provider (RFC 6598).
          && !(first == 100 && second >= 64 && second < 128)
          && !(first == 192 && second == 0 && bytes[2] == 0)
          // Benchmarks (RFC 2544).
          && !(first == 198 && (second == 18 || second == 19))
          && first < 240;
    }
    // Global unicast (RFC 4291 section 2.4) but for Teredo and 6to4, which wrap IPv4 addresses.
    return address instanceof Inet6Address
        && (first & 0xe0) == 0x20
        && !(first == 0x20 && second == 0x01 && bytes[2] == 0 && bytes[3] == 0)
        && !(first == 0x20 && second == 0x02);
  }
}
