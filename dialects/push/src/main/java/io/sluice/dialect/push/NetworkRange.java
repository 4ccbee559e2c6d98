package io.sluice.dialect.push;

import java.net.InetAddress;
import java.util.Optional;
import java.util.regex.Pattern;

/// A run of addresses that have their first bits in common: `10.0.0.0/8`, `fc00::/7`, or a single one.
public record NetworkRange(InetAddress first, int bits) {
    /// Nothing else is looked at as an address: a name would be looked up.
    private static final Pattern ADDRESS =
            Pattern.compile("\\d{1,3}(\\.\\d{1,3}){3}|[0-9A-Fa-f:]*:[0-9A-Fa-f:.]*");

    static NetworkRange of(String text) {
        return parse(text)
                .orElseThrow(() -> new IllegalArgumentException("not a network: " + text));
    }

    static Optional<NetworkRange> parse(String text) {
        int slash = text.indexOf('/');
        var address = slash < 0 ? text : text.substring(0, slash);
        if (!ADDRESS.matcher(address).matches()) {
            return Optional.empty();
        }
        try {
            var first = InetAddress.ofLiteral(address);
            int all = first.getAddress().length * Byte.SIZE;
            int bits = slash < 0 ? all : Integer.parseInt(text.substring(slash + 1));
            return bits >= 0 && bits <= all
                    ? Optional.of(new NetworkRange(first, bits))
                    : Optional.empty();
        } catch (IllegalArgumentException notOne) {
            return Optional.empty();
        }
    }

    boolean contains(InetAddress address) {
        var these = first.getAddress();
        var those = address.getAddress();
        if (these.length != those.length) {
            return false;
        }
        for (int bit = 0; bit < bits; bit++) {
            int mask = 0x80 >>> (bit % Byte.SIZE);
            if (((these[bit / Byte.SIZE] ^ those[bit / Byte.SIZE]) & mask) != 0) {
                return false;
            }
        }
        return true;
    }
}
