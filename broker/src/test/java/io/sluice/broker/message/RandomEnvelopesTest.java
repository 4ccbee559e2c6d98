package io.sluice.broker.message;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.base.Rng;
import io.sluice.broker.message.Death.Reason;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class RandomEnvelopesTest {
    private static final List<String> TEXTS =
            List.of("", "q", "orders.eu", "größe", "x".repeat(255), "日本".repeat(42));

    @Test
    void anyEnvelopeIsReadAsItWasWritten() {
        Rng.run(
                System.nanoTime(),
                rng -> {
                    for (int i = 0; i < 2_000; i++) {
                        roundTrip(rng);
                    }
                });
    }

    /// Anybody may write such a header: whatever stands in it, reading it is refused at once or never.
    @Test
    void damagedEnvelopesAreRefusedAtOnceOrReadToTheEnd() {
        Rng.run(
                System.nanoTime(),
                rng -> {
                    for (int i = 0; i < 50_000; i++) {
                        readAll(ByteBuffer.wrap(damaged(rng)));
                    }
                });
    }

    private static void roundTrip(Rng rng) {
        int priority = rng.below(256);
        long ttl = number(rng);
        long notBefore = number(rng);
        var exchange = text(rng);
        var keys = texts(rng);
        var deaths = rng.chance(50) ? deaths(rng) : null;
        var properties = rng.chance(70) ? ByteBuffer.wrap(rng.bytes(rng.below(50))) : null;
        var written =
                EnvelopeWriter.write(priority, ttl, notBefore, exchange, keys, deaths, properties);
        var read = Envelope.of(written);
        assertThat(read.priority()).isEqualTo(priority);
        assertThat(read.ttlMillis()).isEqualTo(ttl);
        assertThat(Envelope.ttlMillisOf(written)).isEqualTo(ttl);
        assertThat(read.notBeforeMillis()).isEqualTo(notBefore);
        assertThat(read.exchange()).isEqualTo(exchange);
        assertThat(read.routingKeys()).isEqualTo(keys);
        assertThat(read.deaths()).isEqualTo(Optional.ofNullable(deaths));
        assertThat(read.properties()).isEqualTo(properties);
    }

    private static byte[] damaged(Rng rng) {
        var written =
                EnvelopeWriter.write(
                        rng.below(3),
                        rng.chance(30) ? rng.below(1_000) : -1,
                        rng.chance(30) ? rng.below(1_000) : -1,
                        "ex",
                        List.of("k"),
                        rng.chance(70) ? deaths(rng) : null,
                        rng.chance(50) ? ByteBuffer.wrap(rng.bytes(5)) : null);
        var bytes = new byte[rng.chance(30) ? rng.below(written.limit() + 1) : written.limit()];
        written.get(bytes);
        for (int left = rng.below(4); left > 0 && bytes.length > 0; left--) {
            // Most damage is done where it is not the version.
            int at = Math.min(bytes.length - 1, rng.chance(5) ? 0 : 1 + rng.below(bytes.length));
            bytes[at] = rng.chance(50) ? (byte) rng.nextLong() : (byte) rng.below(8);
        }
        return bytes;
    }

    private static void readAll(ByteBuffer bytes) {
        assertThat(Envelope.ttlMillisOf(bytes)).isGreaterThanOrEqualTo(-1);
        var envelope = refusedAtOnce(bytes);
        if (envelope != null) {
            assertThat(envelope.priority()).isBetween(0, 255);
            assertThat(envelope.ttlMillis()).isGreaterThanOrEqualTo(-1);
            assertThat(envelope.notBeforeMillis()).isGreaterThanOrEqualTo(-1);
            assertThat(envelope.exchange()).isNotNull();
            assertThat(envelope.exchangeBytes().remaining()).isLessThan(256);
            assertThat(envelope.routingKeyBytes().remaining()).isLessThan(256);
            assertThat(envelope.routingKeys()).hasSizeLessThan(256);
            envelope.deaths().ifPresent(deaths -> assertThat(deaths.latestFirst()).isNotNull());
            var properties = envelope.properties();
            assertThat(properties == null || properties.remaining() < bytes.limit()).isTrue();
        }
    }

    private static @Nullable Envelope refusedAtOnce(ByteBuffer bytes) {
        try {
            return Envelope.of(bytes);
        } catch (RuntimeException none) {
            return null;
        }
    }

    private static Deaths deaths(Rng rng) {
        var all = new ArrayList<Death>();
        for (int left = rng.below(4); left >= 0; left--) {
            var ttl = number(rng);
            all.add(
                    new Death(
                            text(rng),
                            Reason.ofCode(rng.below(Reason.values().length)),
                            rng.nextLong() >>> 20,
                            1 + rng.below(1_000),
                            text(rng),
                            texts(rng),
                            ttl < 0 ? Optional.empty() : Optional.of(ttl)));
        }
        return new Deaths(all, text(rng), Reason.MAXLEN, text(rng));
    }

    private static long number(Rng rng) {
        return rng.chance(30) ? -1 : rng.nextLong() >>> (1 + rng.below(62));
    }

    private static String text(Rng rng) {
        return TEXTS.get(rng.below(TEXTS.size()));
    }

    private static List<String> texts(Rng rng) {
        var texts = new ArrayList<String>();
        for (int left = rng.below(4); left > 0; left--) {
            texts.add(text(rng));
        }
        return texts;
    }
}
