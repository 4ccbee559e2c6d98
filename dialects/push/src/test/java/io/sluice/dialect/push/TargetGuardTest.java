package io.sluice.dialect.push;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class TargetGuardTest {
    private static final TargetGuard STRICT = TargetGuard.of(List.of());

    @ParameterizedTest
    @ValueSource(
            strings = {
                "127.0.0.1",
                "127.255.255.254",
                "0.0.0.0",
                "0.1.2.3",
                "10.0.0.1",
                "172.16.0.1",
                "172.31.255.255",
                "192.168.1.1",
                "169.254.169.254",
                "100.64.0.1",
                "100.127.255.255",
                "192.0.0.8",
                "192.0.2.1",
                "192.88.99.1",
                "198.18.0.1",
                "198.19.255.255",
                "198.51.100.1",
                "203.0.113.1",
                "224.0.0.1",
                "239.255.255.250",
                "240.0.0.1",
                "255.255.255.255",
                "::",
                "::1",
                "fe80::1",
                "fec0::1",
                "fc00::1",
                "fd12:3456::1",
                "ff02::1",
                "::ffff:127.0.0.1",
                "::ffff:169.254.169.254",
                "::127.0.0.1",
                "64:ff9b::10.0.0.1",
                "64:ff9b:1::1",
                "2002:7f00:1::",
                "2002:a00:1::1",
                "2001::1",
                "2001:1ff::1",
                "2001:db8::1",
                "3fff:fff::1",
                "100::1"
            })
    void whatIsNotPublicIsRefused(String address) {
        assertThat(STRICT.allows("host", InetAddress.ofLiteral(address))).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "8.8.8.8",
                "172.15.255.255",
                "172.32.0.1",
                "100.63.255.255",
                "100.128.0.1",
                "169.253.1.1",
                "192.169.0.1",
                "11.0.0.1",
                "198.20.0.1",
                "2001:200::1",
                "3fff:1000::1",
                "2606:4700::1111",
                "2a00:1450::1",
                "64:ff9b::8.8.8.8",
                "2002:808:808::1"
            })
    void whatIsPublicIsAllowed(String address) {
        assertThat(STRICT.allows("host", InetAddress.ofLiteral(address))).isTrue();
    }

    @Test
    void anIpv4AddressInAnIpv6OneIsSeenThrough() throws UnknownHostException {
        var bytes = new byte[16];
        bytes[10] = -1;
        bytes[11] = -1;
        bytes[12] = 127;
        bytes[15] = 1;
        var mapped = Inet6Address.getByAddress(null, bytes, -1);

        assertThat(STRICT.allows("host", mapped)).isFalse();
    }

    @Test
    void whatTheServerAllowsIsAllowedAndNothingBesideIt() {
        var guard = TargetGuard.of(List.of("10.1.0.0/16", "fd00::/8", "127.0.0.1", "Hooks.local"));

        assertThat(guard.allows("x", InetAddress.ofLiteral("10.1.255.1"))).isTrue();
        assertThat(guard.allows("x", InetAddress.ofLiteral("10.2.0.1"))).isFalse();
        assertThat(guard.allows("x", InetAddress.ofLiteral("fd00::1"))).isTrue();
        assertThat(guard.allows("x", InetAddress.ofLiteral("fc00::1"))).isFalse();
        assertThat(guard.allows("x", InetAddress.ofLiteral("127.0.0.1"))).isTrue();
        assertThat(guard.allows("x", InetAddress.ofLiteral("127.0.0.2"))).isFalse();
        assertThat(guard.allows("hooks.LOCAL", InetAddress.ofLiteral("192.168.0.9"))).isTrue();
        assertThat(guard.allows("x.hooks.local", InetAddress.ofLiteral("192.168.0.9"))).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "10.0.0.0/33", "10.0.0.0/-1", "10.0.0.0/x", "::1/129", "a b", "-x"})
    void whatIsNeitherANetworkNorAHostIsNotTaken(String text) {
        assertThatThrownBy(() -> TargetGuard.of(List.of(text)))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
