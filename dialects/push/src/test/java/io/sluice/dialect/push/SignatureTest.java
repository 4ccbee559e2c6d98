package io.sluice.dialect.push;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.Test;

final class SignatureTest {
    /// The example that the specification of Standard Webhooks and the libraries for it test with.
    @Test
    void itIsTheOneOfStandardWebhooks() {
        var signature =
                Signature.of(
                        List.of("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"),
                        "msg_p5jXN8AQM9LWM0D4loKWxJek",
                        1_614_265_330,
                        body("{\"test\": 2432232314}"));

        assertThat(signature).isEqualTo("v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=");
    }

    @Test
    void twoSecretsSignOneAfterTheOther() {
        var both = Signature.of(List.of("a", "b"), "id", 1, body("x"));

        assertThat(both)
                .isEqualTo(
                        Signature.of(List.of("a"), "id", 1, body("x"))
                                + " "
                                + Signature.of(List.of("b"), "id", 1, body("x")));
    }

    @Test
    void aSecretThatOnlyLooksEncodedIsTakenAsItIs() {
        for (var secret : List.of("whsec_***", "whsec_")) {
            var encoded = "whsec_" + Base64.getEncoder().encodeToString(secret.getBytes(UTF_8));
            assertThat(Signature.of(List.of(secret), "id", 1, body("x")))
                    .isEqualTo(Signature.of(List.of(encoded), "id", 1, body("x")));
        }
    }

    @Test
    void theBodyIsSignedFromPositionToLimitAndStaysAsItIs() {
        var body = ByteBuffer.wrap("(x)".getBytes(UTF_8)).position(1).limit(2);

        assertThat(Signature.of(List.of("a"), "id", 1, body))
                .isEqualTo(Signature.of(List.of("a"), "id", 1, body("x")));
        assertThat(body.remaining()).isEqualTo(1);
    }

    private static ByteBuffer body(String text) {
        return ByteBuffer.wrap(text.getBytes(UTF_8));
    }
}
