package io.sluice.simulation.queue;

import io.sluice.broker.message.LetterHeaders;
import io.sluice.broker.record.Records;
import io.sluice.simulation.InvariantBroken;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Every dead letter says, once each, where it died, why, and what it had been through.
final class DeadLettersTellAll {
    private static final List<String> ALWAYS =
            List.of(
                    LetterHeaders.REASON,
                    LetterHeaders.SOURCE_NAMESPACE,
                    LetterHeaders.SOURCE_TOPIC,
                    LetterHeaders.SOURCE_PARTITION,
                    LetterHeaders.SOURCE_OFFSET,
                    LetterHeaders.SOURCE_QUEUE,
                    LetterHeaders.SOURCE_TIME,
                    LetterHeaders.ERROR_CODE,
                    LetterHeaders.FIRST_FAILURE,
                    LetterHeaders.LAST_FAILURE,
                    LetterHeaders.ATTEMPTS,
                    LetterHeaders.ATTEMPT_LOG,
                    LetterHeaders.REDRIVEN,
                    LetterHeaders.KIP_TOPIC,
                    LetterHeaders.KIP_OFFSET,
                    LetterHeaders.KIP_DELIVERY_COUNT);

    private DeadLettersTellAll() {}

    /// @param origin where it died
    static void check(ModelQueue origin, ModelMessage message, Records letter, long nowMillis) {
        var told = new HashMap<String, String>();
        for (var header : letter.headers()) {
            var value = header.value();
            var text = value == null ? "" : StandardCharsets.UTF_8.decode(value).toString();
            expect(told.put(header.key(), text) == null, message, header.key() + " twice");
        }
        for (var name : ALWAYS) {
            expect(told.containsKey(name), message, "no " + name);
        }
        expect(
                origin.name.equals(told.get(LetterHeaders.SOURCE_QUEUE)),
                message,
                "from " + told.get(LetterHeaders.SOURCE_QUEUE));
        checkTries(origin, message, told, nowMillis);
    }

    private static void checkTries(
            ModelQueue origin, ModelMessage message, Map<String, String> told, long nowMillis) {
        var first = time(told, LetterHeaders.FIRST_FAILURE);
        var last = time(told, LetterHeaders.LAST_FAILURE);
        expect(
                !first.isAfter(last) && last.toEpochMilli() <= nowMillis,
                message,
                "failed from " + first + " to " + last);
        long attempts = Long.parseLong(told.getOrDefault(LetterHeaders.ATTEMPTS, ""));
        long logged =
                told.getOrDefault(LetterHeaders.ATTEMPT_LOG, "").split("\"at\":", -1).length - 1L;
        long kept = origin.settings.policy().deadLetter().attemptsKept();
        expect(
                logged == Math.min(attempts, kept),
                message,
                attempts + " tries, of which " + logged + " are told");
        switch (told.getOrDefault(LetterHeaders.REASON, "")) {
            case "rejected" -> {
                expect(message.rejected, message, "nobody rejected it");
                expect(attempts >= 1, message, "rejected without a try");
            }
            case "delivery_limit" -> {
                // While a breaker is open those that are spent are tried once more.
                long most = origin.settings.attemptsMax();
                expect(
                        origin.settings.policy().breaker().isOn()
                                ? attempts >= most
                                : attempts == most,
                        message,
                        "given up after " + attempts);
            }
            default -> expect(false, message, "died of " + told.get(LetterHeaders.REASON));
        }
    }

    private static Instant time(Map<String, String> told, String name) {
        return Instant.parse(told.getOrDefault(name, ""));
    }

    private static void expect(boolean isSo, ModelMessage message, String what) {
        if (!isSo) {
            throw new InvariantBroken("DeadLettersTellAll", message + ": " + what);
        }
    }
}
