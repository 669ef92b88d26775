package org.drawbridge.notification.control;

/** Takes messages of one channel out of the house. */
interface Gateway {

  /**
   * Comes back once the gateway has taken the message over; within a minute or two, at any rate.
   */
  void send(Delivery delivery) throws DeliveryFailed;
}
