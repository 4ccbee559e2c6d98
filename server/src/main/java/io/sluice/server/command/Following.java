package io.sluice.server.command;

import io.sluice.admin.json.Json;
import io.sluice.admin.json.JsonObject;
import java.time.Duration;
import java.util.Locale;
import java.util.Set;

/// Watches a redrive until it is over.
final class Following {
    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(300);
    private static final Set<String> ENDED = Set.of("done", "completed", "cancelled", "failed");
    private static final Set<String> BADLY = Set.of("failed");

    private final Invocation call;
    private final String path;
    private final ProgressBar bar;

    Following(Invocation call, String path) {
        this.call = call;
        this.path = path;
        this.bar = new ProgressBar(call.terminal());
    }

    /// Shows it once it has ended.
    void untilItEnds() {
        try {
            var answer = call.api().get(path);
            for (; !ENDED.contains(state(answer)); answer = call.api().get(path)) {
                var seen = answer.object();
                long moved = number(seen, "moved");
                long stayed = number(seen, "skipped") + number(seen, "failed");
                bar.draw(
                        moved + stayed,
                        number(seen, "messages"),
                        call.elapsed(),
                        what(state(answer), moved, stayed));
                Thread.sleep(BETWEEN_LOOKS);
            }
            bar.clear();
            call.showFacts(answer);
            if (BADLY.contains(state(answer))) {
                throw new FailedException("the redrive has failed");
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        } finally {
            bar.clear();
        }
    }

    private static String what(String state, long moved, long stayed) {
        var what = stayed == 0 ? "moved" : "seen, " + Legible.count(moved) + " moved";
        return state.equals("paused") ? what + ", paused" : what;
    }

    private static String state(Answer answer) {
        return answer.object().text("state").orElse("done").toLowerCase(Locale.ROOT);
    }

    private static long number(JsonObject seen, String name) {
        return seen.find(name) instanceof Json.Digits digits && digits.isWhole()
                ? Long.parseLong(digits.literal())
                : 0;
    }
}
