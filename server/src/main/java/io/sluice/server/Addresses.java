package io.sluice.server;

import java.net.Inet6Address;
import java.net.InetSocketAddress;

/// Socket addresses as people type them.
final class Addresses {
    private Addresses() {}

    /// `127.0.0.1:9092`, `[::1]:9092`.
    static String text(InetSocketAddress address) {
        var host =
                address.getAddress() instanceof Inet6Address
                        ? "[" + address.getHostString() + "]"
                        : address.getHostString();
        return host + ":" + address.getPort();
    }
}
