package io.sluice.benchmarks.peer;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.ArrayList;
import java.util.List;

/// Where one broker listens on 127.0.0.1: a port for each protocol that it may speak.
///
/// @param free two more, for what a broker needs for itself
public record Ports(int kafka, int amqp, int sqs, List<Integer> free) {
    /// Ports that nobody uses now.
    static Ports choose() throws IOException {
        var sockets = new ArrayList<ServerSocket>();
        try {
            for (var i = 0; i < 5; i++) {
                sockets.add(new ServerSocket(0, 1, InetAddress.getLoopbackAddress()));
            }
            var ports = sockets.stream().map(ServerSocket::getLocalPort).toList();
            return new Ports(ports.get(0), ports.get(1), ports.get(2), ports.subList(3, 5));
        } finally {
            for (var socket : sockets) {
                socket.close();
            }
        }
    }
}
