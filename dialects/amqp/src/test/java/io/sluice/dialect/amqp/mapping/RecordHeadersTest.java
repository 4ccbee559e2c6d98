package io.sluice.dialect.amqp.mapping;

import static io.sluice.dialect.amqp.mapping.Stored.text;
import static io.sluice.dialect.amqp.mapping.Stored.utf8;
import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.base.Rng;
import io.sluice.broker.message.Death;
import io.sluice.broker.message.Deaths;
import io.sluice.broker.message.Envelope;
import io.sluice.broker.record.Header;
import io.sluice.dialect.amqp.codec.Octets;
import io.sluice.dialect.amqp.codec.Properties;
import io.sluice.dialect.amqp.codec.PropertiesBuilder;
import io.sluice.dialect.amqp.codec.Table;
import io.sluice.dialect.amqp.codec.Value;
import java.nio.ByteBuffer;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class RecordHeadersTest {
    private final RecordHeaders headers = new RecordHeaders();

    @Test
    void aMessageWithoutPropertiesHasOnlyItsEnvelope() {
        var none = new PropertiesBuilder().build();
        var record = Stored.record(headers.of(0, -1, -1, utf8("exchange"), utf8("key"), none));

        assertThat(record.headers()).extracting(Header::key).containsExactly("sluice");
        var envelope = envelope(record.headers());
        assertThat(envelope.exchange()).isEqualTo("exchange");
        assertThat(envelope.routingKeys()).containsExactly("key");
        assertThat(envelope.priority()).isZero();
        assertThat(envelope.ttlMillis()).isEqualTo(-1);
        assertThat(envelope.notBeforeMillis()).isEqualTo(-1);
        assertThat(envelope.properties()).isEqualTo(none);
    }

    @Test
    void kafkaConsumersReadPropertiesAndHeadersAsText() {
        var application = new LinkedHashMap<String, Value>();
        application.put("text", Value.text("gr\u00fc\u00dfe"));
        application.put("bytes", new Value.Bytes(Octets.of("raw")));
        application.put("number", Value.number(42));
        application.put("yes", Value.bool(true));
        application.put("half", new Value.Float32(0.5f));
        application.put("nothing", new Value.Nothing());
        application.put("list", new Value.Array(List.of(Value.number(1), Value.text("a"))));
        application.put("table", Table.of("inner", Value.text("x")));
        var properties =
                new PropertiesBuilder()
                        .contentType("text/plain")
                        .contentEncoding("gzip")
                        .headers(new Table(application))
                        .deliveryMode(2)
                        .priority(5)
                        .correlationId("correlation")
                        .replyTo("reply")
                        .expiration("60000")
                        .messageId("message")
                        .timestamp(1_700_000_000L)
                        .type("type")
                        .userId("user")
                        .appId("app")
                        .clusterId("cluster")
                        .build();

        var record = Stored.record(headers.of(5, 60_000, 99, utf8(""), utf8("q"), properties));

        assertThat(record.headers().subList(1, record.headers().size()))
                .extracting(header -> header.key() + "=" + text(header.value()))
                .containsExactly(
                        "content-type=text/plain",
                        "content-encoding=gzip",
                        "text=gr\u00fc\u00dfe",
                        "bytes=raw",
                        "number=42",
                        "yes=true",
                        "half=0.5",
                        "nothing=(null)",
                        "list=[1,\"a\"]",
                        "table={\"inner\":\"x\"}",
                        "correlation-id=correlation",
                        "reply-to=reply",
                        "message-id=message",
                        "timestamp=1700000000000",
                        "type=type",
                        "user-id=user",
                        "app-id=app");
        var envelope = envelope(record.headers());
        assertThat(envelope.priority()).isEqualTo(5);
        assertThat(envelope.ttlMillis()).isEqualTo(60_000);
        assertThat(envelope.notBeforeMillis()).isEqualTo(99);
        assertThat(envelope.properties()).isEqualTo(properties);
    }

    @Test
    void anyEnvelopeWithDeathsAndCopiesToOthersIsKept() {
        var deaths =
                Deaths.of(
                        new Death(
                                "q",
                                Death.Reason.REJECTED,
                                5,
                                1,
                                "e",
                                List.of("k"),
                                Optional.empty()));
        var properties = new PropertiesBuilder().appId("app").build();
        var record =
                Stored.record(
                        headers.of(1, 2, 3, "e", List.of("k", "cc1", "cc2"), deaths, properties));

        var envelope = envelope(record.headers());
        assertThat(envelope.routingKeys()).containsExactly("k", "cc1", "cc2");
        assertThat(envelope.deaths()).contains(deaths);
        assertThat(envelope.properties()).isEqualTo(properties);
        assertThat(record.headers().getLast().key()).isEqualTo("app-id");
    }

    /// Lengths around those where a variable-length number gets another byte, in memory that was used before.
    @Test
    void whatWasPublishedIsWhatIsDelivered() {
        for (long seed = 1; seed <= 500; seed++) {
            Rng.run(seed, this::publishedAndDelivered);
        }
    }

    private void publishedAndDelivered(Rng rng) {
        for (int i = 0; i < 10; i++) {
            Map<String, Value> application = new LinkedHashMap<>();
            for (int n = rng.below(rng.chance(10) ? 200 : 5); n > 0; n--) {
                application.put(
                        "name " + n,
                        rng.chance(50)
                                ? Value.text("x".repeat(rng.below(rng.chance(5) ? 70_000 : 100)))
                                : Value.number(rng.nextLong()));
            }
            var builder = new PropertiesBuilder();
            if (!application.isEmpty()) {
                builder.headers(new Table(application));
            }
            if (rng.chance(30)) {
                builder.correlationId("c".repeat(rng.below(256)));
            }
            var properties = builder.build();
            var exchange = utf8("e".repeat(rng.below(256)));
            var key = utf8("k".repeat(rng.below(256)));
            long ttl = rng.chance(50) ? -1 : rng.below(100_000);

            var record =
                    Stored.record(headers.of(rng.below(256), ttl, -1, exchange, key, properties));

            var delivered = StoredMessage.of(record);
            assertThat(delivered.exchange()).isEqualTo(exchange);
            assertThat(delivered.routingKey()).isEqualTo(key);
            assertThat(delivered.properties()).isEqualTo(properties);
            assertThat(record.headers())
                    .hasSize(1 + application.size() + (has(properties) ? 1 : 0));
            assertThat(text(record.value())).isEqualTo("body");
        }
    }

    private static boolean has(ByteBuffer properties) {
        return Properties.view(properties).correlationId().isPresent();
    }

    private static Envelope envelope(List<Header> headers) {
        assertThat(headers.getFirst().key()).isEqualTo(Envelope.HEADER);
        return Envelope.of(Objects.requireNonNull(headers.getFirst().value()));
    }
}
