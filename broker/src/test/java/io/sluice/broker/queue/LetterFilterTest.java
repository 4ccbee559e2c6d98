package io.sluice.broker.queue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sluice.broker.message.DeadLetterView;
import io.sluice.broker.message.Death;
import io.sluice.broker.message.Death.Reason;
import io.sluice.broker.message.Deaths;
import io.sluice.broker.message.Envelope;
import io.sluice.broker.message.EnvelopeWriter;
import io.sluice.broker.message.LetterHeaders;
import io.sluice.broker.record.BatchBuilder;
import io.sluice.broker.record.Compression;
import io.sluice.broker.record.Header;
import io.sluice.broker.record.RecordBatch;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/// Which letters a filter means, and how a letter is read.
class LetterFilterTest {
    private static final DeadLetterView LETTER =
            view(
                    header(LetterHeaders.REASON, "rejected"),
                    header(LetterHeaders.ERROR_CODE, "503"),
                    header(LetterHeaders.ERROR_TEXT, "try later"),
                    header(LetterHeaders.SOURCE_QUEUE, "orders"),
                    header(LetterHeaders.SOURCE_TOPIC, "orders"),
                    header(LetterHeaders.SOURCE_PARTITION, "2"),
                    header(LetterHeaders.SOURCE_OFFSET, "17"),
                    header(LetterHeaders.FIRST_FAILURE, "1970-01-01T00:00:01Z"),
                    header(LetterHeaders.LAST_FAILURE, "1970-01-01T00:00:05Z"),
                    header(LetterHeaders.ATTEMPTS, "3"),
                    header(LetterHeaders.REDRIVEN, "1"),
                    header("colour", "red"));

    @Test
    void aLetterIsReadFromItsHeaders() {
        assertThat(LETTER.reason()).isEqualTo("rejected");
        assertThat(LETTER.code()).isEqualTo("503");
        assertThat(LETTER.text()).isEqualTo("try later");
        assertThat(LETTER.sourceQueue()).isEqualTo("orders");
        assertThat(LETTER.sourcePartition()).isEqualTo(2);
        assertThat(LETTER.sourceOffset()).isEqualTo(17);
        assertThat(LETTER.firstMillis()).isEqualTo(1_000);
        assertThat(LETTER.diedMillis()).isEqualTo(5_000);
        assertThat(LETTER.attempts()).isEqualTo(3);
        assertThat(LETTER.redriven()).isEqualTo(1);
    }

    @Test
    void whatHeadersDoNotSayTheEnvelopeRemembers() {
        var death = new Death("old", Reason.EXPIRED, 42, 2, "", List.of("old"), Optional.empty());
        var envelope = EnvelopeWriter.write(0, -1, -1, "", List.of("k"), Deaths.of(death), null);
        var view = view(new Header(Envelope.HEADER, envelope));
        assertThat(view.reason()).isEqualTo("expired");
        assertThat(view.sourceQueue()).isEqualTo("old");
        assertThat(view.lastMillis()).isEqualTo(42);
        assertThat(view.redriven()).isZero();
    }

    @Test
    void ofAMessageThatNeverDiedNothingIsKnown() {
        var view =
                view(
                        header(Envelope.HEADER, "no envelope"),
                        header(LetterHeaders.LAST_FAILURE, "yesterday"),
                        header(LetterHeaders.ATTEMPTS, "many"));
        assertThat(view.reason()).isEmpty();
        assertThat(view.sourceQueue()).isEmpty();
        assertThat(view.lastMillis()).isEqualTo(-1);
        assertThat(view.attempts()).isEqualTo(-1);
        assertThat(view.diedMillis()).isEqualTo(7);
        assertThat(LetterFilter.ALL.matches(view)).isTrue();
    }

    @Test
    void everyPartOfAFilterCounts() {
        assertThat(of("reason=rejected&code=503&source=orders").matches(LETTER)).isTrue();
        assertThat(of("reason=expired").matches(LETTER)).isFalse();
        assertThat(of("code=500").matches(LETTER)).isFalse();
        assertThat(of("source=order").matches(LETTER)).isFalse();
        assertThat(of("from=5000&to=5001").matches(LETTER)).isTrue();
        assertThat(of("from=5001").matches(LETTER)).isFalse();
        assertThat(of("to=5000").matches(LETTER)).isFalse();
        assertThat(of("key=a+key").matches(LETTER)).isTrue();
        assertThat(of("key=key").matches(LETTER)).isFalse();
        assertThat(of("header=colour&value=red").matches(LETTER)).isTrue();
        assertThat(of("header=colour&value=blue").matches(LETTER)).isFalse();
        assertThat(of("header=shape&value=red").matches(LETTER)).isFalse();
        assertThat(of("text=the").matches(LETTER)).isTrue();
        assertThat(of("text=body").matches(LETTER)).isTrue();
        assertThat(of("text=bodyy").matches(LETTER)).isFalse();
        assertThat(of("text=THE").matches(LETTER)).isFalse();
        assertThat(of("reason=rejected&text=nothing").matches(LETTER)).isFalse();
    }

    @Test
    void aFilterComesBackFromItsLine() {
        var filter = new LetterFilter("r", "c|&=", "s", 1, 2, "k\u20ac", "h", "v w", "t\n");
        assertThat(LetterFilter.of(filter.line())).isEqualTo(filter);
        assertThat(filter.line()).doesNotContain("|").doesNotContain("\n");
        assertThat(LetterFilter.ALL.line()).isEmpty();
        assertThat(LetterFilter.of("")).isEqualTo(LetterFilter.ALL);
    }

    @Test
    void aFilterIsNoLongerThanSomethingThatIsKeptMayBe() {
        assertThatThrownBy(() -> of("text=" + "x".repeat(1_001)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("text must have at most 1000 characters");
    }

    private static LetterFilter of(String line) {
        return LetterFilter.of(line);
    }

    private static DeadLetterView view(Header... headers) {
        var batch =
                new BatchBuilder(Compression.NONE, 0, 7)
                        .add(7, bytes("a key"), bytes("the body"), headers)
                        .build();
        var record = batch.recordsFrom(RecordBatch.HEADER_BYTES);
        record.next();
        return DeadLetterView.of(record);
    }

    private static Header header(String name, String value) {
        return new Header(name, ByteBuffer.wrap(bytes(value)));
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
