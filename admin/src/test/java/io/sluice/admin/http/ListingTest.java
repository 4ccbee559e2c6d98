package io.sluice.admin.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sluice.admin.json.JsonObject;
import java.util.List;
import org.junit.jupiter.api.Test;

final class ListingTest {
    private final List<JsonObject> items =
            List.of(item("b", 10, 0.5), item("a", 9, 1.5), item("C", 100, 0), item("ab", 1, 3));

    private static JsonObject item(String name, long messages, double rate) {
        return JsonObject.object()
                .put("name", name)
                .put("messages", messages)
                .put("stats", JsonObject.object().put("rate", rate));
    }

    @Test
    void withoutAPageAllAreListedAsTheyAre() {
        assertThat(names("")).isEqualTo("b a C ab");
    }

    @Test
    void numbersAreSortedAsNumbersAlsoInsideOfOthers() {
        assertThat(names("sort=messages")).isEqualTo("ab a b C");
        assertThat(names("sort=messages&sort_reverse=true")).isEqualTo("C b a ab");
        assertThat(names("sort=stats.rate")).isEqualTo("C b a ab");
        assertThat(names("sort=nothing")).isEqualTo("b a C ab");
    }

    @Test
    void aPageSaysHowManyThereAre() {
        assertThat(text("page=2&page_size=3"))
                .contains("\"filtered_count\":4", "\"item_count\":1", "\"page_count\":2")
                .contains("\"total_count\":4", "\"name\":\"ab\"");
    }

    @Test
    void aNameIsSearchedForInSmallOrCapitalLetters() {
        assertThat(text("page=1&name=c")).contains("\"filtered_count\":1", "\"name\":\"C\"");
        assertThat(text("page=1&name=%5Ea&use_regex=true")).contains("\"filtered_count\":2");
        assertThat(text("page=1&name=nobody")).contains("\"page_count\":0", "\"items\":[]");
    }

    @Test
    void whatMakesNoSenseIsRefused() {
        for (var query :
                List.of(
                        "page=0",
                        "page=3&page_size=2",
                        "page=1&page_size=501",
                        "page=1&page_size=",
                        "page=x",
                        "page=1&name=(&use_regex=true")) {
            assertThatThrownBy(() -> Listing.of(Query.of(query), items))
                    .as(query)
                    .isInstanceOfSatisfying(
                            AnsweredException.class,
                            ended -> assertThat(ended.answer().status()).isEqualTo(400));
        }
    }

    private String names(String query) {
        var text = new StringBuilder();
        for (var part : text(query).split("\"name\":\"", -1)) {
            if (!part.startsWith("[")) {
                text.append(part, 0, part.indexOf('"')).append(' ');
            }
        }
        return text.toString().strip();
    }

    private String text(String query) {
        return Listing.of(Query.of(query), items).body().orElseThrow().text();
    }
}
