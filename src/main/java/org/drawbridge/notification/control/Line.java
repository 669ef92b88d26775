package org.drawbridge.notification.control;

/**
 * Takes messages of one channel out of the house. One that stays connected between messages belongs
 * to one thread, which closes it in the end.
 */
public interface Line extends AutoCloseable {

  /**
   * Comes back once the message is taken over; within 80 seconds, at any rate. Outside of any
   * transaction, because it takes as long as the gateway likes.
   *
   * @throws DeliveryFailed where it is not taken over
   */
  void send(Delivery delivery) throws DeliveryFailed;

  @Override
  default void close() {}
}
