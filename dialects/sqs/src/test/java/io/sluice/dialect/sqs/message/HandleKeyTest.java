package io.sluice.dialect.sqs.message;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/// Receipt handles and their texts.
class HandleKeyTest {
    private final HandleKey key = new HandleKey(new UUID(1, 2));

    private Optional<ReceiptHandle> read(String text) {
        return key.reader().handle(text);
    }

    @Test
    void aHandleIsReadAsItWasWritten() {
        for (var handle :
                List.of(
                        new ReceiptHandle(0, 0, 0, 0),
                        new ReceiptHandle(1, 2, 3, 4),
                        new ReceiptHandle(0xFFFF_FFFF_FFFFL, 255, 0xF_FFFF, 0xF_FFFF),
                        new ReceiptHandle(0x1234_5678_9ABCL, 0x80, 0x8_0001, 0x8_0001))) {
            assertThat(read(key.writer().text(handle))).contains(handle);
        }
    }

    @Test
    void oneWriterAndOneReaderDoForMany() {
        var writer = key.writer();
        var reader = key.reader();
        for (int i = 0; i < 20; i++) {
            var handle = new ReceiptHandle(i, 0, i, i);
            assertThat(reader.handle(writer.text(handle))).contains(handle);
        }
    }

    @Test
    void whatWasNotWrittenHereIsNoHandle() {
        var random = new Random(4711);
        var block = new byte[ReceiptHandle.BLOCK_BYTES];
        for (int i = 0; i < 1_000; i++) {
            random.nextBytes(block);
            assertThat(read(Base64.getEncoder().encodeToString(block))).isEmpty();
        }
        for (var text : List.of("", "garbage", "Zm9v", "not base64!", "A".repeat(1_000))) {
            assertThat(read(text)).isEmpty();
        }
    }

    @Test
    void aHandleOfAnotherQueueIsNone() {
        var text = new HandleKey(new UUID(1, 3)).writer().text(new ReceiptHandle(7, 0, 0, 0));
        assertThat(read(text)).isEmpty();
    }

    @Test
    void itShowsNothingOfWhatItSays() {
        var one = key.writer().text(new ReceiptHandle(7, 0, 0, 0));
        var next = key.writer().text(new ReceiptHandle(8, 0, 0, 0));
        assertThat(one.substring(0, 8)).isNotEqualTo(next.substring(0, 8));
    }

    @Test
    void itsAgeIsTheTimeSinceItWasReceivedAlsoWhereTheSecondsBeginAnew() {
        long wrap = 1_000L << 20;
        for (long received : List.of(0L, 1_700_000_000_000L, 5 * wrap - 10_000)) {
            var handle = ReceiptHandle.of(1, 0, 0, received);
            assertThat(handle.ageSeconds(received)).isZero();
            assertThat(handle.ageSeconds(received + 43_200_000)).isEqualTo(43_200);
        }
    }

    @Test
    void whatCameBackTooOftenToBeCountedIsCountedAsFarAsItGoes() {
        assertThat(ReceiptHandle.of(1, 0, Integer.MAX_VALUE, 0).returned()).isEqualTo(0xF_FFFF);
    }
}
