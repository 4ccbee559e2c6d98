package io.sluice.dialect.amqp.mapping;

import static io.sluice.dialect.amqp.mapping.Stored.text;
import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.broker.message.Death;
import io.sluice.broker.message.Death.Reason;
import io.sluice.broker.message.Deaths;
import io.sluice.broker.message.EnvelopeWriter;
import io.sluice.broker.record.Header;
import io.sluice.dialect.amqp.codec.Properties;
import io.sluice.dialect.amqp.codec.PropertiesBuilder;
import io.sluice.dialect.amqp.codec.Table;
import io.sluice.dialect.amqp.codec.Value;
import java.nio.ByteBuffer;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class DeathHeadersTest {
    /// What RabbitMQ 3.10.8 delivered of a message with the header `a`, delivery mode 2 and an expiration of 50, which had expired in the queue
    /// `src1`.
    private static final String FROM_RABBITMQ =
            "3000000000f60161490000000507782d64656174684100000088460000008305636f756e746c0000000000000001"
                    + "06726561736f6e5300000007657870697265640571756575655300000004737263310474696d6554000000"
                    + "006b0a70c10865786368616e676553000000000c726f7574696e672d6b6579734100000009530000000473"
                    + "726331136f726967696e616c2d65787069726174696f6e5300000002353016782d66697273742d64656174"
                    + "682d65786368616e6765530000000013782d66697273742d64656174682d71756575655300000004737263"
                    + "3114782d66697273742d64656174682d726561736f6e53000000076578706972656402";

    private static final ByteBuffer PUBLISHED =
            new PropertiesBuilder()
                    .headers(Table.of("a", new Value.Whole(Value.Width.INT32, 5)))
                    .deliveryMode(2)
                    .expiration("50")
                    .build();

    private static final Deaths EXPIRED =
            Deaths.of(
                    new Death(
                            "src1",
                            Reason.EXPIRED,
                            0x6b0a70c1L * 1000,
                            1,
                            "",
                            List.of("src1"),
                            Optional.of(50L)));

    @Test
    void aDeadLetterIsDeliveredByteForByteAsRabbitMqDoes() {
        assertThat(HexFormat.of().formatHex(array(DeathHeaders.merged(PUBLISHED, EXPIRED))))
                .isEqualTo(FROM_RABBITMQ);
    }

    @Test
    void theStoredEnvelopesDeathsAreToldOnDelivery() {
        var envelope = EnvelopeWriter.write(0, -1, -1, "", List.of("dlq1"), EXPIRED, PUBLISHED);
        var message =
                StoredMessage.of(Stored.record((byte[]) null, new Header("sluice", envelope)));
        assertThat(text(message.routingKey())).isEqualTo("dlq1");
        assertThat(HexFormat.of().formatHex(array(message.properties()))).isEqualTo(FROM_RABBITMQ);
    }

    @Test
    void aDeadLetterWithARoutingKeyOfItsOwnHasNoCc() {
        var published =
                new PropertiesBuilder()
                        .headers(Table.of("CC", new Value.Array(List.of(Value.text("k2")))))
                        .build();
        for (var keys : List.of(List.of("k"), List.of("k", "k2"))) {
            var envelope = EnvelopeWriter.write(0, -1, -1, "", keys, EXPIRED, published);
            var message =
                    StoredMessage.of(Stored.record((byte[]) null, new Header("sluice", envelope)));
            assertThat(Properties.view(message.properties()).header("CC").isPresent())
                    .isEqualTo(keys.size() > 1);
        }
    }

    @Test
    void whatAClientSaidOfDeathsBeforeIsReplaced() {
        var once = DeathHeaders.merged(PUBLISHED, EXPIRED);
        var deaths =
                EXPIRED.and(
                        new Death(
                                "other",
                                Reason.REJECTED,
                                5000,
                                1,
                                "e",
                                List.of("k", "cc"),
                                Optional.empty()));

        var properties = Properties.view(DeathHeaders.merged(once, deaths));

        assertThat(Properties.check(properties.raw())).isNull();
        assertThat(properties.headers().fields().keySet())
                .containsExactly(
                        "a",
                        "x-death",
                        "x-first-death-exchange",
                        "x-first-death-queue",
                        "x-first-death-reason");
        assertThat(DeathHeaders.in(properties)).contains(deaths);
        assertThat(properties.headers().text("x-first-death-queue")).contains("src1");
        var entries = ((Value.Array) properties.header("x-death").orElseThrow()).values();
        assertThat(((Table) entries.getFirst()).fields())
                .containsEntry(
                        "routing-keys", new Value.Array(List.of(Value.text("k"), Value.text("cc"))))
                .doesNotContainKey("original-expiration");
    }

    @Test
    void deathsThatAClientSendsOnAreReadAgain() {
        var raw = ByteBuffer.wrap(HexFormat.of().parseHex(FROM_RABBITMQ));
        assertThat(DeathHeaders.in(Properties.view(raw))).contains(EXPIRED);
    }

    @Test
    void nonsenseIsNoDeath() {
        for (var value :
                List.of(
                        Value.text("x"),
                        new Value.Array(List.of()),
                        new Value.Array(List.of(Value.number(1))),
                        new Value.Array(List.of(Table.of("queue", Value.text("q")))),
                        new Value.Array(
                                List.of(
                                        new Table(
                                                Map.of(
                                                        "queue", Value.text("q"),
                                                        "reason", Value.text("boredom"))))))) {
            var raw = new PropertiesBuilder().headers(Table.of("x-death", value)).build();
            assertThat(DeathHeaders.in(Properties.view(raw))).as(value.toString()).isEmpty();
        }
    }

    private static byte[] array(ByteBuffer bytes) {
        var array = new byte[bytes.remaining()];
        bytes.get(bytes.position(), array);
        return array;
    }
}
