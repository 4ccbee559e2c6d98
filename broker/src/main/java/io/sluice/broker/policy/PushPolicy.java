package io.sluice.broker.policy;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/// That a queue's messages are sent to an HTTP endpoint.
///
/// @param secrets the first signs; a second one signs too while keys are changed; none: nothing is signed
/// @param deadLetterCodes status codes with which a message is a dead letter at once
public record PushPolicy(
        String url,
        List<String> secrets,
        long timeoutMillis,
        int concurrencyMax,
        Set<Integer> deadLetterCodes) {
    public PushPolicy {
        secrets = List.copyOf(secrets);
        deadLetterCodes = Set.copyOf(deadLetterCodes);
    }

    static Optional<PushPolicy> of(PolicyValues values) {
        return values.text(PolicySetting.PUSH_URL)
                .map(
                        url ->
                                new PushPolicy(
                                        url,
                                        values.text(PolicySetting.PUSH_SECRET)
                                                .map(secrets -> List.of(secrets.split(" ", 2)))
                                                .orElse(List.of()),
                                        values.number(PolicySetting.PUSH_TIMEOUT_MS),
                                        (int) values.number(PolicySetting.PUSH_CONCURRENCY_MAX),
                                        codes(values.word(PolicySetting.PUSH_DEAD_LETTER_CODES))));
    }

    private static Set<Integer> codes(String list) {
        var codes = new TreeSet<Integer>();
        for (var code : list.split(",", -1)) {
            if (code.strip().matches("[1-5][0-9]{2}")) {
                codes.add(Integer.parseInt(code.strip()));
            }
        }
        return codes;
    }
}
