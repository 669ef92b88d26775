package org.drawbridge.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.time.Duration;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.xbill.DNS.CNAMERecord;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Flags;
import org.xbill.DNS.Header;
import org.xbill.DNS.Message;
import org.xbill.DNS.Name;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Record;
import org.xbill.DNS.Section;
import org.xbill.DNS.TextParseException;

/** A DNS server on loopback that knows the CNAME records that tests tell it, and nothing else. */
public final class DnsResponder {

  private static DnsResponder shared;

  private final DatagramSocket socket;
  private final Map<String, String> aliases = new ConcurrentHashMap<>();

  private DnsResponder(DatagramSocket socket) {
    this.socket = socket;
  }

  /** The one of this JVM, started at the first use. */
  public static synchronized DnsResponder shared() {
    if (shared == null) {
      try {
        shared = new DnsResponder(new DatagramSocket(0, InetAddress.getByName("127.0.0.1")));
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
      Thread thread = new Thread(shared::serve, "dns-responder");
      thread.setDaemon(true);
      thread.start();
    }
    return shared;
  }

  /** As the server's setting wants it. */
  public String url() {
    return "dns://127.0.0.1:" + socket.getLocalPort();
  }

  /** From now on the name is an alias of the other. */
  public void alias(String name, String target) {
    aliases.put(name.toLowerCase(Locale.ROOT), target);
  }

  private void serve() {
    byte[] buffer = new byte[1500];
    while (!socket.isClosed()) {
      try {
        DatagramPacket packet = new DatagramPacket(buffer, buffer.length);
        socket.receive(packet);
        byte[] query = Arrays.copyOf(packet.getData(), packet.getLength());
        byte[] answer = answer(new Message(query)).toWire();
        socket.send(new DatagramPacket(answer, answer.length, packet.getSocketAddress()));
      } catch (IOException e) {
        // What is no query gets no answer.
      }
    }
  }

  private Message answer(Message query) throws TextParseException {
    Record question = query.getQuestion();
    Message answer = new Message(query.getHeader().getID());
    Header header = answer.getHeader();
    header.setFlag(Flags.QR);
    header.setFlag(Flags.AA);
    answer.addRecord(question, Section.QUESTION);
    String target = aliases.get(question.getName().toString(true).toLowerCase(Locale.ROOT));
    if (target == null) {
      header.setRcode(Rcode.NXDOMAIN);
    } else {
      Name canonical = Name.fromString(target, Name.root);
      long ttl = Duration.ofMinutes(1).toSeconds();
      answer.addRecord(
          new CNAMERecord(question.getName(), DClass.IN, ttl, canonical), Section.ANSWER);
    }
    return answer;
  }
}
