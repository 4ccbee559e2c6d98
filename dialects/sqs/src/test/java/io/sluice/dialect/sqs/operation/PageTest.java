package io.sluice.dialect.sqs.operation;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/// Long lists in pages.
class PageTest {
    private static final List<String> NAMES = List.of("a", "b", "c", "d", "e");

    private static Page page(List<String> names, Optional<String> token, OptionalInt max) {
        return Page.of(names, token, max).orElseThrow();
    }

    @Test
    void pagesTogetherAreTheWholeList() {
        for (int size = 1; size <= 6; size++) {
            var seen = new ArrayList<String>();
            var token = Optional.<String>empty();
            do {
                var page = page(NAMES, token, OptionalInt.of(size));
                assertThat(page.names()).hasSizeBetween(1, size);
                seen.addAll(page.names());
                token = page.nextToken();
            } while (token.isPresent());
            assertThat(seen).isEqualTo(NAMES);
        }
    }

    @Test
    void whatComesAndGoesBetweenTwoPagesDisturbsNothing() {
        var token = page(NAMES, Optional.empty(), OptionalInt.of(2)).nextToken();
        assertThat(page(List.of("a", "aa", "c", "cc"), token, OptionalInt.of(9)).names())
                .containsExactly("c", "cc");
    }

    @Test
    void whoDoesNotSayHowManyGetsAThousandAndNoToken() {
        var many = IntStream.range(1_000, 2_500).mapToObj(Integer::toString).toList();
        var page = page(many, Optional.empty(), OptionalInt.empty());
        assertThat(page.names()).hasSize(1_000);
        assertThat(page.nextToken()).isEmpty();
    }

    @Test
    void garbageIsNoToken() {
        for (var token : List.of("!", "/w==")) {
            assertThat(Page.of(NAMES, Optional.of(token), OptionalInt.of(1))).isEmpty();
        }
    }

    @Test
    void aTaskIsKnownByItsHandle() {
        var handle = new TaskHandle("id", "arn:aws:sqs:us-east-1:000000000000:q");
        assertThat(TaskHandle.of(handle.text())).contains(handle);
        assertThat(handle.text())
                .isEqualTo(
                        "eyJ0YXNrSWQiOiJpZCIsInNvdXJjZUFybiI6ImFybjphd3M6c3FzOnVzLWVhc3QtMTowMDAwMDAwMDAwMDA6cSJ9");
        for (var text : List.of("", "!", "e30=", handle.text().substring(4))) {
            assertThat(TaskHandle.of(text)).isEmpty();
        }
    }
}
