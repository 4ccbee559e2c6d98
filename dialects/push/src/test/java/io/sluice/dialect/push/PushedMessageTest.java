package io.sluice.dialect.push;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.broker.queue.Queue;
import io.sluice.broker.record.BatchBuilder;
import io.sluice.broker.record.Compression;
import io.sluice.broker.record.Header;
import io.sluice.broker.record.RecordBatch;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

final class PushedMessageTest {
    private static final UUID TOPIC = new UUID(1, 2);
    private static final Queue QUEUE =
            new Queue(new UUID(3, 4), "/", "q", TOPIC, true, true, false, false, Map.of(), 0);

    @Test
    void itIsItsRecordAtItsPlace() {
        var message = message("body", List.of());

        assertThat(message.body()).isEqualTo(bytes("body"));
        assertThat(message.keyText()).contains("key");
        assertThat(message.timestamp()).isEqualTo(1_000);
        assertThat(message.attempt()).isEqualTo(2);
        assertThat(message.place()).isEqualTo(TOPIC + "/3/7");
    }

    @Test
    void aRecordWithoutAValueHasAnEmptyBody() {
        assertThat(message(null, List.of()).body().remaining()).isZero();
    }

    @Test
    void ofHeadersOfOneNameTheLastOneCountsAndOneWithoutAValueIsNone() {
        var headers =
                List.of(
                        new Header("type", bytes("first")),
                        new Header("type", bytes("last")),
                        new Header("empty", null));

        var message = message("body", headers);

        assertThat(message.headers()).isEqualTo(Map.of("type", bytes("last")));
        assertThat(message.text("type")).contains("last");
    }

    @Test
    void whatIsNoTextIsNoneAndNothingIsNoneEither() {
        var headers =
                List.of(
                        new Header("binary", ByteBuffer.wrap(new byte[] {-1})),
                        new Header("empty", bytes("")));

        var message = message("body", headers);

        assertThat(message.text("binary")).isEmpty();
        assertThat(message.text("empty")).isEmpty();
    }

    private static PushedMessage message(@Nullable String body, List<Header> headers) {
        var batch =
                new BatchBuilder(Compression.NONE, 7, 0)
                        .add(1_000, bytes("key"), body == null ? null : bytes(body), headers)
                        .build();
        var records = RecordBatch.view(batch.whole(), 0).recordsFrom(RecordBatch.HEADER_BYTES);
        assertThat(records.next()).isTrue();
        return PushedMessage.of(QUEUE, QUEUE.part(3), records, 2);
    }

    private static ByteBuffer bytes(String text) {
        return ByteBuffer.wrap(text.getBytes(UTF_8));
    }
}
