package io.sluice.server.command;

import io.sluice.admin.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Iterator;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.stream.Stream;

/// Messages on their way to the broker, several at a time, as each is answered when it is durable.
final class Publishing {
    private static final int UNDER_WAY_MAX = 32;

    private final Invocation call;
    private final String path;
    private final Draft draft;
    private final ProgressBar bar;
    private final ArrayDeque<CompletableFuture<Answer>> underWay = new ArrayDeque<>();
    private long published;

    Publishing(Invocation call, String path) {
        this.call = call;
        this.path = path;
        this.draft = new Draft(call);
        this.bar = new ProgressBar(call.terminal());
    }

    void run() {
        long count = call.number("--count").orElse(1L);
        if (count < 1) {
            throw call.misused("--count must be 1 or more");
        }
        if (call.flag("--lines")) {
            var input = new String(draft.input(), StandardCharsets.UTF_8);
            long total = count * input.lines().count();
            publish(repeated(input, count), total);
        } else {
            var message = draft.of(Optional.of(call.argumentAt(1).orElse("-")));
            if (count == 1) {
                var answer = call.api().send("POST", path, message);
                call.done(answer, "Published.");
                return;
            }
            publish(Stream.generate(() -> message).limit(count).iterator(), count);
        }
    }

    private Iterator<JsonObject> repeated(String input, long count) {
        return Stream.generate(() -> input)
                .limit(count)
                .flatMap(String::lines)
                .map(line -> draft.of(Optional.of(line)))
                .iterator();
    }

    private void publish(Iterator<JsonObject> messages, long total) {
        try {
            while (messages.hasNext()) {
                underWay.add(call.api().start("POST", path, messages.next()));
                if (underWay.size() == UNDER_WAY_MAX) {
                    await(total);
                }
            }
            while (!underWay.isEmpty()) {
                await(total);
            }
        } finally {
            bar.clear();
        }
        if (!call.json()) {
            call.terminal().out().println(Legible.count(published) + " published.");
        }
    }

    private void await(long total) {
        try {
            var answer = underWay.remove().join();
            published++;
            if (call.json()) {
                call.terminal().out().println(answer.text());
            }
            bar.draw(published, total, call.elapsed(), "published");
        } catch (CompletionException failed) {
            bar.clear();
            var why =
                    failed.getCause() instanceof FailedException refused
                            ? refused
                            : call.api().unreachable();
            throw new FailedException(
                    why.getMessage() + " (" + Legible.count(published) + " were published)");
        }
    }
}
