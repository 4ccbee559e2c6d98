package io.sluice.simulation.log;

import io.sluice.simulation.InvariantBroken;
import java.util.ArrayDeque;
import java.util.Deque;

/// What the store has promised about one life of one log: from its creation to its deletion.
final class ModelLog {
    final String name;
    final Content content;
    private final Deque<ModelChunk> open = new ArrayDeque<>();
    private long promised;
    private long completed;
    private long next;
    private long trimmed;

    ModelLog(String name, Content content) {
        this.name = name;
        this.content = content;
    }

    long next() {
        return next;
    }

    /// Everything before it was completed: readable until the next crash.
    long completed() {
        return completed;
    }

    long trimmed() {
        return trimmed;
    }

    ModelChunk append(int length, boolean forced) {
        var chunk = new ModelChunk(this, next, next + length, forced);
        next += length;
        open.add(chunk);
        return chunk;
    }

    void completed(ModelChunk chunk) {
        if (chunk.start() != completed) {
            throw new InvariantBroken(
                    "ChunksCompleteInOrder",
                    name + ": " + chunk + " completed, the one at " + completed + " did not");
        }
        completed = chunk.end();
        if (chunk.forced()) {
            promised = completed;
        }
    }

    void trim(long before) {
        trimmed = Math.max(trimmed, before);
    }

    /// Everything before it was forced: it survives every crash.
    long promised() {
        return promised;
    }

    /// The store was closed as it should be.
    void closed() {
        promised = completed;
    }

    /// The log was opened again in the same process, after its chunks on the way were refused or fenced.
    ///
    /// @param start where the log says it starts
    /// @param end where it says it goes on
    void reopened(long start, long end) {
        check(start, end);
        if (end < completed) {
            throw new InvariantBroken(
                    "NoAcknowledgedByteIsLost",
                    name + " ends at " + end + ", completed were " + completed);
        }
        open.removeIf(chunk -> chunk.end() > end);
        completed = end;
        next = end;
    }

    /// The log was opened after a crash: what is there now is the new beginning.
    void rebooted(long start, long end) {
        check(start, end);
        open.clear();
        promised = end;
        completed = end;
        next = end;
        trimmed = start;
    }

    private void check(long start, long end) {
        if (end < promised) {
            throw new InvariantBroken(
                    "NoAcknowledgedByteIsLost",
                    name + " ends at " + end + ", acknowledged were " + promised);
        }
        if (end > next) {
            throw new InvariantBroken(
                    "NothingIsInvented", name + " ends at " + end + ", appended were only " + next);
        }
        if (end != completed
                && end != promised
                && open.stream().noneMatch(chunk -> chunk.start() == end || chunk.end() == end)) {
            throw new InvariantBroken(
                    "ChunksAreAtomic", name + " ends at " + end + ", inside of a chunk; " + open);
        }
        if (start > trimmed) {
            throw new InvariantBroken(
                    "NothingIsTrimmedUnasked",
                    name + " starts at " + start + ", asked for was " + trimmed);
        }
    }

    /// Chunks that a crash can no longer touch need not be remembered.
    void forget() {
        while (!open.isEmpty() && open.peek().end() <= promised) {
            open.remove();
        }
    }
}
