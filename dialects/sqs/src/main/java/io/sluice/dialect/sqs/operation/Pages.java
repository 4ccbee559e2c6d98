package io.sluice.dialect.sqs.operation;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.sluice.dialect.sqs.protocol.Result;
import io.sluice.dialect.sqs.protocol.SqsError;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/// Long lists of queues in pages: a token is the last name of the page before, so that queues which come and go between disturb nothing.
final class Pages {
    private static final int ALL_MAX = 1_000;

    private Pages() {}

    /// @param names in order
    static void answer(
            Call call, List<String> names, Optional<String> nextToken, OptionalInt maxResults) {
        var after = nextToken.map(Pages::name).orElse(Optional.of(""));
        if (after.isEmpty()) {
            call.refuse(SqsError.invalid("Invalid or expired next token."));
            return;
        }
        int max = maxResults.orElse(ALL_MAX);
        var page =
                names.stream()
                        .filter(name -> name.compareTo(after.get()) > 0)
                        .limit(max + 1L)
                        .toList();
        boolean more = page.size() > max;
        var shown = more ? page.subList(0, max) : page;
        var token = more && maxResults.isPresent() ? Optional.of(token(shown.getLast())) : Optional.<String>empty();
        var account = call.caller().account();
        call.done(
                new Result.QueueUrls(
                        shown.stream().map(name -> call.caller().url(account, name)).toList(),
                        token));
    }

    private static String token(String name) {
        return Base64.getEncoder().encodeToString(name.getBytes(UTF_8));
    }

    private static Optional<String> name(String token) {
        try {
            return Optional.of(new String(Base64.getDecoder().decode(token), UTF_8));
        } catch (IllegalArgumentException notOurs) {
            return Optional.empty();
        }
    }
}
