package org.drawbridge.notification.control;

import com.interaso.webpush.VapidKeys;
import java.net.URI;
import java.util.List;
import org.drawbridge.notification.entity.PushSubscription;

/** Where a message goes, looked up in the transaction that leases it. */
sealed interface Destination {

  /** A mail address or a phone number. */
  record Address(String text) implements Destination {}

  /**
   * @param secrets what calls are signed with, with each of them
   */
  record Endpoint(URI url, List<byte[]> secrets) implements Destination {}

  /**
   * @param keys by which push services know the company
   * @param subscriptions at least one
   */
  record Browsers(VapidKeys keys, List<PushSubscription> subscriptions) implements Destination {}
}
