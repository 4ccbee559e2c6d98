package io.sluice.dialect.push;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.broker.queue.Failure;
import io.sluice.broker.queue.Settlement;
import io.sluice.dialect.push.Verdict.Load;
import io.sluice.transport.http.HttpOutcome;
import io.sluice.transport.http.HttpOutcome.Cause;
import java.nio.ByteBuffer;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

final class VerdictTest {
    private static final Set<Integer> CODES = Set.of(400, 422);
    private static final long NOW = 1_700_000_000_000L;

    @Test
    void twoHundredAndItsLikeAreDone() {
        for (int status : new int[] {200, 201, 202, 204, 299}) {
            var verdict = of(answer(status, Map.of(), "ignored"));
            assertThat(verdict).isEqualTo(new Verdict(Settlement.ACCEPTED, Load.FITS, 0));
            assertThat(verdict.failure()).isEmpty();
        }
    }

    @Test
    void codesOfTheListAndGoneKillWithTheStartOfTheBody() {
        assertThat(of(answer(422, Map.of(), "no\r\nsuch account")))
                .isEqualTo(dead("http_422", "no such account"));
        assertThat(of(answer(410, Map.of(), ""))).isEqualTo(dead("http_410", ""));
    }

    @Test
    void whereNoCodeKillsGoneDoesNotEither() {
        assertThat(Verdict.of(answer(410, Map.of(), ""), Set.of(), NOW).outcome())
                .isEqualTo(again("http_410", ""));
    }

    @Test
    void otherAnswersAreTriedAgainAsThePolicySays() {
        assertThat(of(answer(404, Map.of(), "x")))
                .isEqualTo(new Verdict(again("http_404", "x"), Load.FITS, 0));
        assertThat(of(answer(500, Map.of(), "x")))
                .isEqualTo(new Verdict(again("http_500", "x"), Load.UNKNOWN, 0));
        assertThat(of(answer(302, Map.of("location", "http://b/"), "x")).outcome())
                .isEqualTo(again("http_302", "redirects are not followed: http://b/ x"));
    }

    @Test
    void tooManyRequestsWaitForAsLongAsTheEndpointSaysADayAtMost() {
        assertThat(of(answer(429, Map.of("retry-after", "7"), "")))
                .isEqualTo(waits("http_429", 7_000));
        assertThat(of(answer(503, Map.of("retry-after", "999999"), "")))
                .isEqualTo(waits("http_503", 86_400_000));
        assertThat(of(answer(503, Map.of("retry-after", "Tue, 14 Nov 2023 22:13:30 GMT"), "")))
                .isEqualTo(waits("http_503", 10_000));
        assertThat(of(answer(503, Map.of("retry-after", "Tue, 14 Nov 2023 22:13:10 GMT"), "")))
                .isEqualTo(waits("http_503", 0));
        assertThat(of(answer(503, Map.of("retry-after", "Wed, 14 Nov 2029 22:13:20 GMT"), "")))
                .isEqualTo(waits("http_503", 86_400_000));
        assertThat(of(answer(429, Map.of("retry-after", " 7 "), "")))
                .isEqualTo(waits("http_429", 7_000));
    }

    @Test
    void tooManyRequestsWithoutATimeAreTriedAgainAsThePolicySays() {
        for (int status : new int[] {429, 503}) {
            var asPolicy = new Verdict(again("http_" + status, ""), Load.TOO_MUCH, 0);
            assertThat(of(answer(status, Map.of(), ""))).isEqualTo(asPolicy);
            assertThat(of(answer(status, Map.of("retry-after", "soon"), ""))).isEqualTo(asPolicy);
        }
    }

    @Test
    void whatWasNotAnsweredIsTriedAgain() {
        assertThat(of(new HttpOutcome.Failed(Cause.TIMEOUT, "t")))
                .isEqualTo(new Verdict(again("timeout", "t"), Load.TOO_MUCH, 0));
        for (var cause : EnumSet.complementOf(EnumSet.of(Cause.STALE, Cause.TIMEOUT))) {
            var code = cause.name().toLowerCase(Locale.ROOT);
            assertThat(of(new HttpOutcome.Failed(cause, "t")))
                    .isEqualTo(new Verdict(again(code, "t"), Load.UNKNOWN, 0));
        }
    }

    @Test
    void aConnectionThatWasKeptTooLongIsNobodysFailure() {
        assertThat(of(new HttpOutcome.Failed(Cause.STALE, "")))
                .isEqualTo(
                        new Verdict(
                                new Settlement.Released(false, 0, new Failure("stale", "")),
                                Load.UNKNOWN,
                                0));
    }

    private static Verdict of(HttpOutcome outcome) {
        return Verdict.of(outcome, CODES, NOW);
    }

    private static Verdict dead(String code, String text) {
        return new Verdict(new Settlement.Rejected(new Failure(code, text)), Load.FITS, 0);
    }

    private static Verdict waits(String code, long millis) {
        return new Verdict(
                new Settlement.Released(true, millis, new Failure(code, "")),
                Load.TOO_MUCH,
                millis);
    }

    private static Settlement.Outcome again(String code, String text) {
        return new Settlement.Released(true, Settlement.AS_POLICY, new Failure(code, text));
    }

    private static HttpOutcome answer(int status, Map<String, String> fields, String body) {
        return new HttpOutcome.Answered(status, fields, ByteBuffer.wrap(body.getBytes(UTF_8)));
    }
}
