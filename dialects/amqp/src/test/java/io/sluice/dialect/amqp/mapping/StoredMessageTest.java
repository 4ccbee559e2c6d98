package io.sluice.dialect.amqp.mapping;

import static io.sluice.dialect.amqp.mapping.Stored.bytes;
import static io.sluice.dialect.amqp.mapping.Stored.header;
import static io.sluice.dialect.amqp.mapping.Stored.text;
import static io.sluice.dialect.amqp.mapping.Stored.utf8;
import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.base.Rng;
import io.sluice.broker.message.EnvelopeWriter;
import io.sluice.broker.record.Header;
import io.sluice.dialect.amqp.codec.Octets;
import io.sluice.dialect.amqp.codec.Properties;
import io.sluice.dialect.amqp.codec.PropertiesBuilder;
import io.sluice.dialect.amqp.codec.Table;
import io.sluice.dialect.amqp.codec.Value;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/// Records that Kafka producers wrote.
class StoredMessageTest {
    @Test
    void aRecordWithoutAnythingIsAPersistentMessageOfItsTime() {
        var message = StoredMessage.of(Stored.record((byte[]) null));

        assertThat(text(message.exchange())).isEmpty();
        assertThat(text(message.routingKey())).isEmpty();
        assertThat(message.properties())
                .isEqualTo(
                        new PropertiesBuilder()
                                .deliveryMode(2)
                                .timestamp(Stored.TIME / 1000)
                                .build());
    }

    @Test
    void itsKeyIsTheRoutingKeyIfItCanBeOne() {
        assertThat(text(StoredMessage.of(Stored.record(bytes("k\u00fc"))).routingKey()))
                .isEqualTo("k\u00fc");
        assertThat(text(StoredMessage.of(Stored.record(bytes("k".repeat(255)))).routingKey()))
                .hasSize(255);
        for (var key : List.of(bytes("k".repeat(256)), new byte[] {(byte) 0xFF, 1})) {
            var message = StoredMessage.of(Stored.record(key));
            assertThat(text(message.routingKey())).isEmpty();
            assertThat(Properties.view(message.properties()).headers())
                    .isEqualTo(
                            Table.of("kafka-key", new Value.Text(Octets.of(ByteBuffer.wrap(key)))));
        }
    }

    @Test
    void headersWithAPropertysNameFillItAndOthersAreHeaders() {
        var properties =
                properties(
                        header("content-type", "text/plain"),
                        header("content-encoding", "gzip"),
                        header("correlation-id", "correlation"),
                        header("reply-to", "reply"),
                        header("message-id", "message"),
                        header("type", "type"),
                        header("app-id", "app"),
                        header("timestamp", "1600000000999"),
                        header("mine", "text"),
                        header("nothing", null));

        assertThat(properties.raw())
                .isEqualTo(
                        new PropertiesBuilder()
                                .contentType("text/plain")
                                .contentEncoding("gzip")
                                .correlationId("correlation")
                                .replyTo("reply")
                                .messageId("message")
                                .type("type")
                                .appId("app")
                                .timestamp(1_600_000_000L)
                                .deliveryMode(2)
                                .headers(properties.headers())
                                .build());
        assertThat(properties.headers())
                .isEqualTo(
                        new Table(
                                Map.of(
                                        "mine",
                                        Value.text("text"),
                                        "nothing",
                                        new Value.Nothing())));
    }

    @Test
    void whatIsNoPropertyStaysAHeader() {
        var long256 = "x".repeat(256);
        var properties =
                properties(
                        header("content-type", long256),
                        header("message-id", null),
                        header("timestamp", "yesterday"),
                        new Header("type", ByteBuffer.wrap(new byte[] {(byte) 0xFF})),
                        header("user-id", "somebody"));

        assertThat(properties.contentType()).isEmpty();
        assertThat(properties.messageId()).isEmpty();
        assertThat(properties.type()).isEmpty();
        assertThat(properties.userId()).as("nobody checked it").isEmpty();
        assertThat(properties.timestamp()).hasValue(Stored.TIME / 1000);
        assertThat(properties.headers().fields().keySet())
                .containsExactly("content-type", "message-id", "timestamp", "type", "user-id");
        assertThat(properties.headers().text("content-type")).contains(long256);
    }

    @Test
    void aNameThatComesAgainMeansItsLastValueAndOneThatIsTooLongIsLeftOut() {
        var properties =
                properties(header("a", "1"), header("a", "2"), header("n".repeat(256), "x"));
        assertThat(properties.headers()).isEqualTo(Table.of("a", Value.text("2")));
    }

    @Test
    void whatIsNoEnvelopeOfOursIsNotLookedAt() {
        var badProperties =
                EnvelopeWriter.write(
                        0,
                        -1,
                        -1,
                        "e",
                        List.of("k"),
                        null,
                        ByteBuffer.wrap(new byte[] {(byte) 0x80, 0, 9}));
        for (var envelope :
                List.of(
                        utf8(""),
                        utf8("\u0001"),
                        utf8("\u0002\u0000"),
                        utf8("hello"),
                        badProperties)) {
            var message =
                    StoredMessage.of(
                            Stored.record(
                                    bytes("key"),
                                    new Header("sluice", envelope),
                                    header("a", "1")));
            assertThat(text(message.exchange())).isEmpty();
            assertThat(text(message.routingKey())).isEqualTo("key");
            assertThat(Properties.view(message.properties()).headers())
                    .isEqualTo(Table.of("a", Value.text("1")));
        }
    }

    @Test
    void anEnvelopeOfAnotherDialectHasNoPropertiesButTheHeadersHave() {
        var envelope = EnvelopeWriter.write(0, -1, -1, "e", List.of("k"), null, null);
        var message =
                StoredMessage.of(
                        Stored.record(
                                (byte[]) null,
                                new Header("sluice", envelope),
                                header("content-type", "text/plain")));
        assertThat(text(message.exchange())).isEqualTo("e");
        assertThat(text(message.routingKey())).isEqualTo("k");
        assertThat(Properties.view(message.properties()).contentType()).contains("text/plain");
    }

    @Test
    void whatWeCopyForKafkaComesBackWhenSomebodySendsItOn() {
        var sent =
                new PropertiesBuilder()
                        .contentType("text/plain")
                        .headers(Table.of("mine", Value.text("text")))
                        .deliveryMode(2)
                        .correlationId("correlation")
                        .timestamp(1_600_000_000L)
                        .build();
        var stored = Stored.record(new RecordHeaders().of(0, -1, -1, utf8("e"), utf8("k"), sent));
        var copies = stored.headers().subList(1, stored.headers().size());

        var message = StoredMessage.of(Stored.record(bytes("k"), copies.toArray(Header[]::new)));

        assertThat(message.properties()).isEqualTo(sent);
    }

    @Test
    void anyRecordIsAMessage() {
        for (long seed = 1; seed <= 5000; seed++) {
            Rng.run(
                    seed,
                    rng -> {
                        var headers = new Header[rng.below(4)];
                        for (int i = 0; i < headers.length; i++) {
                            var name =
                                    List.of("sluice", "timestamp", "type", "x").get(rng.below(4));
                            var bytes = rng.bytes(rng.below(40));
                            if (name.equals("sluice") && bytes.length > 1) {
                                bytes[0] = 1;
                            }
                            headers[i] = new Header(name, ByteBuffer.wrap(bytes));
                        }
                        var message = StoredMessage.of(Stored.record(rng.bytes(5), headers));
                        assertThat(Properties.check(message.properties())).isNull();
                        assertThat(message.exchange().remaining()).isLessThan(256);
                        assertThat(message.routingKey().remaining()).isLessThan(256);
                    });
        }
    }

    private static Properties properties(Header... headers) {
        var raw = StoredMessage.of(Stored.record((byte[]) null, headers)).properties();
        assertThat(Properties.check(raw)).isNull();
        return Properties.view(raw);
    }
}
