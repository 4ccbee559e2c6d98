package io.sluice.engine.shard;

import io.sluice.broker.PartitionId;
import io.sluice.engine.queue.Outbox;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Routes a queue's dying messages, so many at a time: which of them goes where, under which sequence numbers. Owned by its shard's loop.
final class LetterRounds {
    static final int MESSAGES_MAX = 256;
    private static final long BYTES_MAX = 4L << 20;

    private final Shard shard;
    private final HostedQueue queue;
    private final ReadTries tries;

    LetterRounds(Shard shard, HostedQueue queue, ReadTries tries) {
        this.shard = shard;
        this.queue = queue;
        this.tries = tries;
    }

    /// The next round; null when the first letter cannot be read: it may be readable again soon.
    Outbox.@Nullable Round next() {
        var letters = new DeadLetters(shard, queue, tries);
        var members = new LinkedHashMap<PartitionId, List<Integer>>();
        int count = 0;
        long bytes = 0;
        long bytesMax = BYTES_MAX;
        long recordsMax = MESSAGES_MAX;
        for (var dying : queue.state().dying()) {
            if (count == MESSAGES_MAX) {
                break;
            }
            var letter = letters.letter(dying);
            if (letter == null) {
                break;
            }
            var targets = letters.targets(letter, dying);
            bytesMax = Math.min(bytesMax, letters.batchBytesMax(targets));
            recordsMax = Math.min(recordsMax, letters.batchRecordsMax(targets));
            bytes += letter.bytesMax();
            if (count > 0 && (bytes > bytesMax || count >= recordsMax)) {
                break;
            }
            for (var target : targets) {
                members.computeIfAbsent(target, _ -> new ArrayList<>()).add(count);
            }
            count++;
        }
        return count == 0 ? null : new Outbox.Round(count, targets(members));
    }

    /// What is left of a round, as another producer: who has taken its part does not get it again.
    Outbox.Round rest(Outbox.Round interrupted, Collection<Outbox.Target> done) {
        var members = new LinkedHashMap<PartitionId, List<Integer>>();
        for (var target : interrupted.targets()) {
            if (!done.contains(target)) {
                members.put(target.partition(), target.members());
            }
        }
        return new Outbox.Round(interrupted.count(), targets(members));
    }

    private List<Outbox.Target> targets(Map<PartitionId, List<Integer>> members) {
        var outbox = queue.state().outbox();
        return members.entrySet().stream()
                .map(
                        target ->
                                new Outbox.Target(
                                        target.getKey(),
                                        outbox.nextSequence(target.getKey()),
                                        target.getValue()))
                .toList();
    }
}
