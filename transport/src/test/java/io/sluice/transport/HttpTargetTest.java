package io.sluice.transport;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.transport.http.HttpTarget;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class HttpTargetTest {
    @Test
    void anAddressIsTakenApart() {
        assertThat(HttpTarget.parse("https://example.com/a%20b?c=d&e"))
                .contains(new HttpTarget(true, "example.com", 443, "/a%20b?c=d&e"));
        assertThat(HttpTarget.parse("http://example.com:8080"))
                .contains(new HttpTarget(false, "example.com", 8080, "/"));
        assertThat(HttpTarget.parse("HTTP://[::1]:80/\u00e9"))
                .contains(new HttpTarget(false, "::1", 80, "/%C3%A9"));
    }

    @Test
    void thePortIsNamedUnlessItIsTheUsualOne() {
        assertThat(new HttpTarget(true, "a", 443, "/").authority()).isEqualTo("a");
        assertThat(new HttpTarget(false, "a", 443, "/").authority()).isEqualTo("a:443");
        assertThat(new HttpTarget(false, "::1", 80, "/").authority()).isEqualTo("[::1]");
    }

    @Test
    void whatIsShownHasNoQuery() {
        assertThat(HttpTarget.parse("https://a:1/b?token=x").orElseThrow().withoutQuery())
                .isEqualTo("https://a:1/b");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "a",
                "ftp://a/",
                "http://",
                "http:///a",
                "http://u:p@a/",
                "http://a/#b",
                "http://a b/",
                "http://a/\r\nx: y",
                "http://a:99999/",
                "file:///etc/passwd"
            })
    void whatIsNoAddressOfAServerIsNotTaken(String text) {
        assertThat(HttpTarget.parse(text)).isEmpty();
    }
}
