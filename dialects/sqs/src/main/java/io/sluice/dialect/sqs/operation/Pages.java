package io.sluice.dialect.sqs.operation;

import io.sluice.dialect.sqs.protocol.Result;
import io.sluice.dialect.sqs.protocol.SqsError;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/// Lists of queues, page by page.
final class Pages {
    private Pages() {}

    /// @param account whose queues they are
    /// @param names in order
    static void answer(
            Call call,
            String account,
            List<String> names,
            Optional<String> nextToken,
            OptionalInt maxResults) {
        var page = Page.of(names, nextToken, maxResults);
        if (page.isEmpty()) {
            call.refuse(SqsError.invalid("Invalid or expired next token."));
            return;
        }
        var urls =
                page.get().names().stream().map(name -> call.caller().url(account, name)).toList();
        call.done(new Result.QueueUrls(urls, page.get().nextToken()));
    }
}
