package io.sluice.dialect.amqp.codec;

import static org.assertj.core.api.Assertions.assertThat;

import com.rabbitmq.client.AMQP;
import io.sluice.base.Rng;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class PropertiesTest {
    private static final AMQP.BasicProperties THEIRS =
            new AMQP.BasicProperties.Builder()
                    .contentType("text/plain")
                    .contentEncoding("gzip")
                    .headers(new LinkedHashMap<>(Map.of("a", 5, "b", "x")))
                    .deliveryMode(2)
                    .priority(7)
                    .correlationId("correlation")
                    .replyTo("reply")
                    .expiration("60000")
                    .messageId("message")
                    .timestamp(Wire.date(1_700_000_000L))
                    .type("type")
                    .userId("guest")
                    .appId("app")
                    .clusterId("cluster")
                    .build();

    @Test
    void everyPropertyOfTheClientsIsRead() {
        var properties = Properties.view(Wire.properties(THEIRS));

        assertThat(properties.check()).isNull();
        assertThat(properties.contentType()).contains("text/plain");
        assertThat(properties.contentEncoding()).contains("gzip");
        assertThat(properties.headers())
                .isEqualTo(
                        new Table(
                                Map.of(
                                        "a",
                                        new Value.Whole(Value.Width.INT32, 5),
                                        "b",
                                        Value.text("x"))));
        assertThat(properties.header("a")).contains(new Value.Whole(Value.Width.INT32, 5));
        assertThat(properties.header("b")).contains(Value.text("x"));
        assertThat(properties.header("c")).isEmpty();
        assertThat(properties.deliveryMode()).isEqualTo(OptionalInt.of(2));
        assertThat(properties.priority()).isEqualTo(OptionalInt.of(7));
        assertThat(properties.correlationId()).contains("correlation");
        assertThat(properties.replyTo()).contains("reply");
        assertThat(properties.expiration()).contains("60000");
        assertThat(properties.messageId()).contains("message");
        assertThat(properties.timestamp()).isEqualTo(OptionalLong.of(1_700_000_000L));
        assertThat(properties.type()).contains("type");
        assertThat(properties.userId()).contains("guest");
        assertThat(properties.appId()).contains("app");
        assertThat(properties.clusterId()).contains("cluster");
    }

    @Test
    void whatIsNotThereIsAbsent() {
        var none = Properties.view(ByteBuffer.wrap(new byte[2]));

        assertThat(none.check()).isNull();
        assertThat(
                        List.of(
                                none.contentType(),
                                none.contentEncoding(),
                                none.correlationId(),
                                none.replyTo(),
                                none.expiration(),
                                none.messageId(),
                                none.type(),
                                none.userId(),
                                none.appId(),
                                none.clusterId(),
                                none.header("a")))
                .containsOnly(Optional.empty());
        assertThat(none.headers()).isEqualTo(Table.EMPTY);
        assertThat(none.deliveryMode()).isEmpty();
        assertThat(none.priority()).isEmpty();
        assertThat(none.timestamp()).isEmpty();
    }

    @Test
    void whatIsBuiltIsWhatTheClientBuilds() {
        var built =
                new PropertiesBuilder()
                        .clusterId("cluster")
                        .contentType("text/plain")
                        .contentEncoding("gzip")
                        .headers(headersAsTheClientOrdersThem())
                        .deliveryMode(2)
                        .priority(7)
                        .correlationId("correlation")
                        .replyTo("reply")
                        .expiration("60000")
                        .messageId("message")
                        .timestamp(1_700_000_000L)
                        .type("type")
                        .userId("guest")
                        .appId("app")
                        .build();
        assertThat(Wire.array(built)).isEqualTo(Wire.array(Wire.properties(THEIRS)));
        assertThat(Wire.array(new PropertiesBuilder().build())).isEqualTo(new byte[2]);
        assertThat(Wire.array(new PropertiesBuilder().priority(3).expiration("1").build()))
                .isEqualTo(
                        Wire.array(
                                Wire.properties(
                                        new AMQP.BasicProperties.Builder()
                                                .priority(3)
                                                .expiration("1")
                                                .build())));
    }

    private static Table headersAsTheClientOrdersThem() {
        var headers = new LinkedHashMap<String, Value>();
        for (var name : THEIRS.getHeaders().keySet()) {
            headers.put(
                    name,
                    name.equals("a") ? new Value.Whole(Value.Width.INT32, 5) : Value.text("x"));
        }
        return new Table(headers);
    }

    @Test
    void aHeaderFrameIsTheSizeOfTheBodyAndItsProperties() throws IOException {
        var payload = THEIRS.toFrame(1, 5_000_000_000L).getPayload();
        var decoded = ContentHeader.decode(Wire.frame(FrameType.HEADER, payload));
        assertThat(decoded).isInstanceOf(ContentHeader.class);
        var header = (ContentHeader) decoded;
        assertThat(header.bodyBytes()).isEqualTo(5_000_000_000L);
        assertThat(header.properties().raw()).isEqualTo(Wire.properties(THEIRS));
        for (int length = 0; length < payload.length; length++) {
            assertThat(
                            ContentHeader.decode(
                                    Wire.frame(FrameType.HEADER, Arrays.copyOf(payload, length))))
                    .as("%d bytes of %d", length, payload.length)
                    .isInstanceOf(ProtocolError.class);
        }
        assertThat(
                        ContentHeader.decode(
                                Wire.frame(
                                        FrameType.HEADER,
                                        Arrays.copyOf(payload, payload.length + 1))))
                .isInstanceOf(ProtocolError.class);
    }

    @Test
    void aHeaderFrameOfAnotherClassIsUnexpected() throws IOException {
        var payload = THEIRS.toFrame(1, 0).getPayload();
        payload[1] = 50;
        assertThat(ContentHeader.decode(Wire.frame(FrameType.HEADER, payload)))
                .isEqualTo(
                        ProtocolError.of(
                                ReplyCode.UNEXPECTED_FRAME,
                                "a header frame for class 50 instead of 60"));
    }

    @Test
    void aBodyOfMoreThanALongIsRefused() throws IOException {
        assertThat(
                        ContentHeader.decode(
                                Wire.frame(FrameType.HEADER, THEIRS.toFrame(1, -1).getPayload())))
                .isInstanceOf(ProtocolError.class);
    }

    @Test
    void spoiltPropertiesAreRefusedOrReadButNeverAnythingElse() {
        var golden = Wire.array(Wire.properties(THEIRS));
        for (long seed = 1; seed <= 20_000; seed++) {
            Rng.run(seed, rng -> spoilt(rng, golden));
        }
    }

    private static void spoilt(Rng rng, byte[] golden) {
        var bytes = Arrays.copyOf(golden, 2 + rng.below(golden.length));
        for (int i = rng.below(4); i > 0; i--) {
            bytes[rng.below(bytes.length)] = (byte) rng.nextLong();
        }
        var properties = Properties.view(ByteBuffer.wrap(bytes));
        var error = properties.check();
        var seen = new ArrayList<Object>();
        // Answers, whatever the bytes are: checked or not.
        seen.add(properties.headers());
        seen.add(properties.header("a"));
        seen.add(properties.clusterId());
        seen.add(properties.timestamp());
        seen.add(properties.priority());
        if (error == null) {
            properties.visit(new Recording(seen));
            var copy = new PropertiesEditor(properties.raw()).build();
            assertThat(Wire.array(copy)).isEqualTo(bytes);
        }
    }

    @Test
    void avisitorHearsOfEveryProperty() {
        var seen = new ArrayList<Object>();
        Properties.view(Wire.properties(THEIRS)).visit(new Recording(seen));
        assertThat(seen)
                .containsExactlyInAnyOrder(
                        "CONTENT_TYPE=text/plain",
                        "CONTENT_ENCODING=gzip",
                        "a=Whole[width=INT32, value=5]",
                        "b=x",
                        "DELIVERY_MODE=2",
                        "PRIORITY=7",
                        "CORRELATION_ID=correlation",
                        "REPLY_TO=reply",
                        "EXPIRATION=60000",
                        "MESSAGE_ID=message",
                        1_700_000_000L,
                        "TYPE=type",
                        "USER_ID=guest",
                        "APP_ID=app",
                        "CLUSTER_ID=cluster");
    }

    private record Recording(List<Object> seen) implements PropertyVisitor {
        @Override
        public void text(Property property, ByteBuffer bytes, int at, int length) {
            seen.add(property + "=" + Octets.of(bytes, at, length));
        }

        @Override
        public void octet(Property property, int value) {
            seen.add(property + "=" + value);
        }

        @Override
        public void timestamp(long seconds) {
            seen.add(seconds);
        }

        @Override
        public void header(
                ByteBuffer bytes, int nameAt, int nameLength, int valueAt, int valueLength) {
            seen.add(
                    Octets.of(bytes, nameAt, nameLength)
                            + "="
                            + Octets.of(bytes, valueAt, valueLength));
        }

        @Override
        public void header(ByteBuffer bytes, int nameAt, int nameLength, Value value) {
            seen.add(Octets.of(bytes, nameAt, nameLength) + "=" + value);
        }
    }

    @Test
    void anEditorChangesWhatItIsToldAndNothingElse() {
        var edited =
                Properties.view(
                        new PropertiesEditor(Wire.properties(THEIRS))
                                .withoutExpiration()
                                .withoutHeader("a")
                                .header("b", Value.text("new"))
                                .header("c", Value.number(1))
                                .build());

        assertThat(edited.check()).isNull();
        assertThat(edited.expiration()).isEmpty();
        assertThat(edited.headers())
                .isEqualTo(new Table(Map.of("b", Value.text("new"), "c", Value.number(1))));
        assertThat(edited.contentType()).contains("text/plain");
        assertThat(edited.messageId()).contains("message");
        assertThat(edited.clusterId()).contains("cluster");
    }

    @Test
    void anEditorGivesHeadersToWhatHadNone() {
        var edited =
                Properties.view(
                        new PropertiesEditor(new PropertiesBuilder().appId("app").build())
                                .header("c", Value.number(1))
                                .build());
        assertThat(edited.headers()).isEqualTo(Table.of("c", Value.number(1)));
        assertThat(edited.appId()).contains("app");
    }
}
