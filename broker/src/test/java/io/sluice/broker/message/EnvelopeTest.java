package io.sluice.broker.message;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sluice.broker.message.Death.Reason;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class EnvelopeTest {
    private static final Deaths DEATHS =
            Deaths.of(
                            new Death(
                                    "work",
                                    Reason.REJECTED,
                                    1_700_000_000_000L,
                                    1,
                                    "orders",
                                    List.of("eu.new", "copy"),
                                    Optional.of(5_000L)))
                    .and(
                            new Death(
                                    "retry",
                                    Reason.EXPIRED,
                                    1_700_000_001_000L,
                                    1,
                                    "",
                                    List.of("retry"),
                                    Optional.empty()));

    @Test
    void everythingIsReadAsItWasWritten() {
        var properties = bytes("properties");
        var envelope =
                Envelope.of(
                        EnvelopeWriter.write(
                                9,
                                60_000,
                                1_700_000_000_000L,
                                "orders",
                                List.of("eu.new", "copy", ""),
                                DEATHS,
                                properties));
        assertThat(envelope.priority()).isEqualTo(9);
        assertThat(envelope.ttlMillis()).isEqualTo(60_000);
        assertThat(envelope.notBeforeMillis()).isEqualTo(1_700_000_000_000L);
        assertThat(envelope.exchange()).isEqualTo("orders");
        assertThat(envelope.exchangeBytes()).isEqualTo(bytes("orders"));
        assertThat(envelope.routingKeys()).containsExactly("eu.new", "copy", "");
        assertThat(envelope.routingKeyBytes()).isEqualTo(bytes("eu.new"));
        assertThat(envelope.hasDeaths()).isTrue();
        assertThat(envelope.deaths()).contains(DEATHS);
        assertThat(envelope.properties()).isEqualTo(bytes("properties"));
        assertThat(properties).as("nobody moved it").isEqualTo(bytes("properties"));
    }

    @Test
    void whatIsNotThereIsNotThere() {
        var envelope = Envelope.of(EnvelopeWriter.write(0, -1, -1, "", List.of(), null, null));
        assertThat(envelope.priority()).isZero();
        assertThat(envelope.ttlMillis()).isEqualTo(-1);
        assertThat(envelope.notBeforeMillis()).isEqualTo(-1);
        assertThat(envelope.exchange()).isEmpty();
        assertThat(envelope.routingKeys()).isEmpty();
        assertThat(envelope.routingKeyBytes().hasRemaining()).isFalse();
        assertThat(envelope.hasDeaths()).isFalse();
        assertThat(envelope.deaths()).isEmpty();
        assertThat(envelope.properties()).isNull();
    }

    @Test
    void noPropertiesAndNoneAtAllAreTwoThings() {
        var envelope = Envelope.of(EnvelopeWriter.write(0, -1, -1, "", List.of(), null, bytes("")));
        assertThat(envelope.properties()).isEqualTo(bytes(""));
    }

    @Test
    void theUsualEnvelopeHasTheseBytes() {
        var into = ByteBuffer.allocate(100);
        EnvelopeWriter.write(5, 1_000, -1, bytes("orders"), bytes("eu.new"), bytes("PP"), into);
        assertThat(HexFormat.of().formatHex(Arrays.copyOf(into.array(), into.position())))
                .isEqualTo(
                        "01" // version
                                + "13" // priority, ttl, properties
                                + "05"
                                + "d00f" // 1,000, zigzag
                                + "066f7264657273"
                                + "01"
                                + "0665752e6e6577"
                                + "5050");
    }

    @Test
    void bothWritersSayTheSame() {
        var into = ByteBuffer.allocate(100);
        EnvelopeWriter.write(0, -1, 77, bytes("x"), bytes("k"), bytes("p"), into);
        assertThat(into.flip())
                .isEqualTo(EnvelopeWriter.write(0, -1, 77, "x", List.of("k"), null, bytes("p")));
    }

    @Test
    void anEnvelopeIsReadWhereverItLies() {
        var written = EnvelopeWriter.write(3, 7, 9, "x", List.of("k"), DEATHS, bytes("p"));
        var among = ByteBuffer.allocate(written.remaining() + 20).position(13);
        among.put(written.duplicate());
        among.limit(among.position()).position(13);
        var envelope = Envelope.of(among.asReadOnlyBuffer());
        assertThat(among.position()).isEqualTo(13);
        assertThat(envelope.routingKeys()).containsExactly("k");
        assertThat(envelope.deaths()).contains(DEATHS);
        assertThat(envelope.properties()).isEqualTo(bytes("p"));
        assertThat(Envelope.ttlMillisOf(among)).isEqualTo(7);
    }

    @Test
    void namesAreOfUpTo255BytesWhateverTheyAreMadeOf() {
        var longest = "é".repeat(127) + "x";
        var envelope =
                Envelope.of(EnvelopeWriter.write(0, -1, -1, longest, List.of(longest), null, null));
        assertThat(envelope.exchange()).isEqualTo(longest);
        assertThat(envelope.routingKeys()).containsExactly(longest);
        var cut =
                Envelope.of(
                        EnvelopeWriter.write(
                                0, -1, -1, "x".repeat(300), List.of("y".repeat(256)), null, null));
        assertThat(cut.exchange()).isEqualTo("x".repeat(255));
        assertThat(cut.routingKeys()).containsExactly("y".repeat(255));
    }

    @Test
    void moreKeysThanFitAreCut() {
        var keys = Collections.nCopies(300, "k");
        var envelope = Envelope.of(EnvelopeWriter.write(0, -1, -1, "", keys, null, bytes("p")));
        assertThat(envelope.routingKeys()).hasSize(255);
        assertThat(envelope.properties()).isEqualTo(bytes("p"));
    }

    @Test
    void theLargestNumbersAreRead() {
        var envelope =
                Envelope.of(
                        EnvelopeWriter.write(
                                255, Long.MAX_VALUE, Long.MAX_VALUE, "", List.of(), null, null));
        assertThat(envelope.priority()).isEqualTo(255);
        assertThat(envelope.ttlMillis()).isEqualTo(Long.MAX_VALUE);
        assertThat(envelope.notBeforeMillis()).isEqualTo(Long.MAX_VALUE);
        var zero = Envelope.of(EnvelopeWriter.write(0, 0, 0, "", List.of(), null, null));
        assertThat(zero.ttlMillis()).isZero();
        assertThat(zero.notBeforeMillis()).isZero();
    }

    @Test
    void aTimeToLiveIsFoundWithoutTheRest() {
        assertThat(ttlOf(0, -1)).isEqualTo(-1);
        assertThat(ttlOf(0, 0)).isZero();
        assertThat(ttlOf(7, 1_234_567)).isEqualTo(1_234_567);
        var without = EnvelopeWriter.write(7, -1, 5, "x", List.of(), null, null);
        assertThat(Envelope.mayHaveTtl(without.get(0), without.get(1))).isFalse();
        var with = EnvelopeWriter.write(7, 1, 5, "x", List.of(), null, null);
        assertThat(Envelope.mayHaveTtl(with.get(0), with.get(1))).isTrue();
    }

    @Test
    void bytesThatAreNoEnvelopeHaveNoTimeToLive() {
        assertThat(Envelope.ttlMillisOf(hex(""))).isEqualTo(-1);
        assertThat(Envelope.ttlMillisOf(hex("01"))).isEqualTo(-1);
        assertThat(Envelope.ttlMillisOf(hex("0102"))).isEqualTo(-1);
        assertThat(Envelope.ttlMillisOf(hex("010280"))).isEqualTo(-1);
        assertThat(Envelope.ttlMillisOf(hex("010305"))).isEqualTo(-1);
        assertThat(Envelope.ttlMillisOf(hex("0102ffffffffffffffffffff"))).isEqualTo(-1);
        assertThat(Envelope.ttlMillisOf(hex("010205"))).as("a negative one").isEqualTo(-1);
        assertThat(Envelope.ttlMillisOf(hex("020204"))).as("another version").isEqualTo(-1);
    }

    @Test
    void bytesThatAreNoEnvelopeAreRefusedAtOnce() {
        var whole = EnvelopeWriter.write(3, 7, 9, "x", List.of("k", "l"), DEATHS, null).array();
        int length = EnvelopeWriter.write(3, 7, 9, "x", List.of("k", "l"), DEATHS, null).limit();
        for (int cut = 0; cut < length; cut++) {
            var part = ByteBuffer.wrap(whole, 0, cut);
            assertThatThrownBy(() -> Envelope.of(part)).isInstanceOf(RuntimeException.class);
        }
        assertThatThrownBy(() -> Envelope.of(hex("02000000")))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> Envelope.of(hex("0102050000")))
                .as("a negative time to live")
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> Envelope.of(hex("01080000" + "06" + "007f00")))
                .as("a death for an unknown reason")
                .isInstanceOf(RuntimeException.class);
    }

    @Test
    void theBoundHolds() {
        var longest = bytes("x".repeat(255));
        var properties = bytes("p".repeat(1_000));
        var into = ByteBuffer.allocate(EnvelopeWriter.bytesMax(longest, longest, properties));
        EnvelopeWriter.write(
                255, Long.MAX_VALUE, Long.MAX_VALUE, longest, longest, properties, into);
        assertThat(Envelope.of(into.flip()).properties()).isEqualTo(properties);
    }

    private static long ttlOf(int priority, long ttlMillis) {
        return Envelope.ttlMillisOf(
                EnvelopeWriter.write(priority, ttlMillis, 5, "x", List.of("k"), null, null));
    }

    private static ByteBuffer bytes(String text) {
        return ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
    }

    private static ByteBuffer hex(String hex) {
        return ByteBuffer.wrap(HexFormat.of().parseHex(hex));
    }
}
