package io.sluice.server;

import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;

/// What this node is called by those who know RabbitMQ's nodes: `rabbit@` and the machine's name without its domain.
final class NodeName {
    private static final Path LINUX = Path.of("/proc/sys/kernel/hostname");

    private NodeName() {}

    static String current() {
        var host = host();
        int dot = host.indexOf('.');
        return "rabbit@" + (dot > 0 ? host.substring(0, dot) : host);
    }

    /// From the kernel where it says so, as asking for the local host may wait for a name server.
    private static String host() {
        try {
            return Files.isReadable(LINUX)
                    ? Files.readString(LINUX).strip()
                    : InetAddress.getLocalHost().getHostName();
        } catch (UnknownHostException nameless) {
            return "localhost";
        } catch (IOException unreadable) {
            return "localhost";
        }
    }
}
