package io.sluice.dialect.push;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/// Which addresses are out in the internet, by the registries of special addresses (RFC 6890): all others lead into this machine, its network, or nowhere.
final class PublicAddresses {
    private static final List<NetworkRange> SPECIAL_4 =
            ranges(
                    "0.0.0.0/8", // this network
                    "10.0.0.0/8", // private
                    "100.64.0.0/10", // carriers' translation
                    "127.0.0.0/8", // loopback
                    "169.254.0.0/16", // link-local, clouds' metadata among it
                    "172.16.0.0/12", // private
                    "192.0.0.0/24", // protocols
                    "192.0.2.0/24", // documentation
                    "192.88.99.0/24", // 6to4 relays
                    "192.168.0.0/16", // private
                    "198.18.0.0/15", // benchmarks
                    "198.51.100.0/24", // documentation
                    "203.0.113.0/24", // documentation
                    "224.0.0.0/4", // multicast
                    "240.0.0.0/4"); // reserved, broadcast

    /// Of IPv6 only this is given to anybody.
    private static final NetworkRange GLOBAL_6 = NetworkRange.of("2000::/3");

    private static final List<NetworkRange> SPECIAL_6 =
            ranges(
                    "2001::/23", // protocols, Teredo among them
                    "2001:db8::/32", // documentation
                    "3fff::/20"); // documentation

    /// Translated by a gateway to the IPv4 address in the last four bytes.
    private static final NetworkRange TRANSLATED = NetworkRange.of("64:ff9b::/96");

    /// Tunnelled to the IPv4 address behind the first two bytes.
    private static final NetworkRange TUNNELLED = NetworkRange.of("2002::/16");

    private static final int IN_TUNNELLED_AT = 2;
    private static final int IN_TRANSLATED_AT = 12;

    private PublicAddresses() {}

    static boolean contain(InetAddress address) {
        if (address instanceof Inet4Address) {
            return SPECIAL_4.stream().noneMatch(range -> range.contains(address));
        }
        if (TRANSLATED.contains(address)) {
            return contain(within(address, IN_TRANSLATED_AT));
        }
        if (TUNNELLED.contains(address)) {
            return contain(within(address, IN_TUNNELLED_AT));
        }
        return GLOBAL_6.contains(address)
                && SPECIAL_6.stream().noneMatch(range -> range.contains(address));
    }

    private static InetAddress within(InetAddress address, int at) {
        try {
            return InetAddress.getByAddress(
                    Arrays.copyOfRange(address.getAddress(), at, at + Integer.BYTES));
        } catch (UnknownHostException impossible) {
            throw new AssertionError("four bytes are an address", impossible);
        }
    }

    private static List<NetworkRange> ranges(String... texts) {
        return Stream.of(texts).map(NetworkRange::of).toList();
    }
}
