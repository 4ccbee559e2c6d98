package io.sluice.conformance.process;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicInteger;

/// The ports of a broker under test: the one for Kafka clients, the one for its own affairs (Sluice's admin port, Kafka's
/// controller, the Erlang port of RabbitMQ), and those for AMQP and for SQS clients.
///
/// They stay the same over restarts. So they are not taken from the range out of which the system gives ports to
/// outgoing connections: while the broker is down, a client that tries again and again would sooner or later be given
/// the broker's port and connect to itself.
public record Ports(int clients, int admin, int amqp, int sqs) {
    private static final int FIRST = 12_000;
    private static final int LAST = 31_000;

    /// Where to look next: no two brokers of one process are given the same port, nor one broker twice, though nobody listens on it yet.
    private static final AtomicInteger NEXT =
            new AtomicInteger(ThreadLocalRandom.current().nextInt(FIRST, LAST));

    /// Ports that nobody listened on a moment ago.
    public static Ports free() {
        return new Ports(freePort(), freePort(), freePort(), freePort());
    }

    public String bootstrap() {
        return "127.0.0.1:" + clients;
    }

    private static int freePort() {
        for (var attempt = 0; attempt < 1_000; attempt++) {
            var port = NEXT.getAndUpdate(last -> last == LAST ? FIRST : last + 1);
            if (isFree(port)) {
                return port;
            }
        }
        throw new IllegalStateException("no free port between " + FIRST + " and " + LAST);
    }

    private static boolean isFree(int port) {
        try (var socket = new ServerSocket(port, 1, InetAddress.ofLiteral("127.0.0.1"))) {
            return socket.isBound();
        } catch (java.net.BindException taken) {
            return false;
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }
}
