package io.sluice.broker.queue;

import io.sluice.broker.CatalogChange.AdjustQueue;
import io.sluice.broker.queue.Redrive.Ended;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// The redrives of a queue as its attributes hold them: the one that runs, and how the last ones ended. Whoever starts, pauses or ends one asks for the change that
/// is made here; it is refused when somebody else was faster.
public final class Redrives {
    /// The last ones but for that in [Redrive#ENDED_ATTRIBUTE], a line each, the newest first.
    private static final String HISTORY = "sqs-move-tasks";

    private static final int HISTORY_MAX = 10;

    private Redrives() {}

    /// The one that runs, or is paused.
    public static Optional<Redrive> running(Queue queue) {
        return Optional.ofNullable(queue.attributes().get(Redrive.ATTRIBUTE))
                .map(JsonText::unquoted)
                .map(Redrive::of);
    }

    /// The newest first.
    public static List<Ended> ended(Queue queue) {
        var ended = new ArrayList<Ended>();
        var last = queue.attributes().get(Redrive.ENDED_ATTRIBUTE);
        if (last != null) {
            ended.add(Ended.of(JsonText.unquoted(last)));
        }
        queue.attributes().getOrDefault(HISTORY, "").lines().map(Ended::of).forEach(ended::add);
        return ended;
    }

    /// Starts one where none runs.
    public static AdjustQueue start(Queue queue, Redrive task) {
        var kept = ended(queue).stream().limit(HISTORY_MAX).map(Ended::text).toList();
        return new AdjustQueue(
                queue.id(),
                Map.of(
                        Redrive.ATTRIBUTE,
                        JsonText.quoted(task.text()),
                        HISTORY,
                        String.join("\n", kept)),
                Set.of(Redrive.ENDED_ATTRIBUTE),
                Map.of(
                        Redrive.ATTRIBUTE,
                        "",
                        Redrive.ENDED_ATTRIBUTE,
                        queue.attributes().getOrDefault(Redrive.ENDED_ATTRIBUTE, "")));
    }

    /// Pauses one that runs, or has it go on.
    public static AdjustQueue pause(Queue queue, Redrive running, boolean paused) {
        return new AdjustQueue(
                queue.id(),
                Map.of(Redrive.ATTRIBUTE, JsonText.quoted(running.paused(paused).text())),
                Set.of(),
                expecting(queue));
    }

    /// Ends the one that runs.
    public static AdjustQueue end(Queue queue, Ended ended) {
        return new AdjustQueue(
                queue.id(),
                Map.of(Redrive.ENDED_ATTRIBUTE, JsonText.quoted(ended.text())),
                Set.of(Redrive.ATTRIBUTE),
                expecting(queue));
    }

    private static Map<String, String> expecting(Queue queue) {
        return Map.of(Redrive.ATTRIBUTE, queue.attributes().getOrDefault(Redrive.ATTRIBUTE, ""));
    }
}
