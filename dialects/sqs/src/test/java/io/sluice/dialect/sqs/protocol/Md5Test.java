package io.sluice.dialect.sqs.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.Test;

/// Digests that the service itself gave for these messages.
class Md5Test {
    private static MessageAttribute text(String value) {
        return new MessageAttribute.Text("String", value);
    }

    private static ByteBuffer utf8(String text) {
        return ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void ofBodies() {
        assertThat(Md5.of(utf8("msg"))).isEqualTo("6e2baaf3b97dbeef01c0043275f9a0e7");
        assertThat(Md5.of(utf8("test"))).isEqualTo("098f6bcd4621d373cade4e832627b4f6");
    }

    @Test
    void ofAttributes() {
        assertThat(
                        Md5.of(
                                Map.of(
                                        "Hello",
                                        text("There"),
                                        "General",
                                        text("Kenobi"),
                                        "Help.Me",
                                        text("Me"))))
                .contains("4c360f3fdafd970e05fae2f149d997f5");
        assertThat(Md5.of(Map.of("Hello", text("There"))))
                .contains("a311262e065454b75da111d535b8dacd");
        assertThat(Md5.of(Map.of())).isEmpty();
    }

    @Test
    void ofBinaryAttributes() {
        var trace = "traceparent\u001e00-774062d6c37081a5a0b9b5b88e30627c-2d2482211f6489da-01";
        assertThat(Md5.of(Map.of("attr1", new MessageAttribute.Binary("Binary", utf8(trace)))))
                .contains("8cbe4db156db8a94db8b801b7addb984");
    }
}
