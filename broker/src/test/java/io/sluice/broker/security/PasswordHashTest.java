package io.sluice.broker.security;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

final class PasswordHashTest {
    private static final byte[] SALT = {(byte) 0x90, (byte) 0x8D, (byte) 0xC6, 0x0A};

    /// The example in RabbitMQ's manual, "Password Hashing".
    @Test
    void hashesAsRabbitDoes() {
        assertThat(PasswordHash.of(bytes("test12"), SALT))
                .isEqualTo("kI3GCqW5JLMJa4iX1lo7X4D6XbYqlLgxIs30+P6tENUV2POR");
    }

    @Test
    void onlyTheSamePasswordMatches() {
        var hash = PasswordHash.of(bytes("test12"), SALT);

        assertThat(PasswordHash.matches(hash, PasswordHash.SHA_256, bytes("test12"))).isTrue();
        assertThat(PasswordHash.matches(hash, PasswordHash.SHA_256, bytes("test13"))).isFalse();
        assertThat(PasswordHash.matches(hash, PasswordHash.SHA_512, bytes("test12"))).isFalse();
    }

    @Test
    void whatIsNoHashMatchesNothing() {
        assertThat(PasswordHash.matches("", PasswordHash.SHA_256, bytes(""))).isFalse();
        assertThat(PasswordHash.matches("§", PasswordHash.SHA_256, bytes(""))).isFalse();
        assertThat(PasswordHash.matches("AAAA", PasswordHash.SHA_256, bytes(""))).isFalse();
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
