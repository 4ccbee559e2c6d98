package io.sluice.engine.shard;

import io.sluice.engine.queue.QueueState;

/// The bytes of a queue's ready bodies, kept only where a limit asks for them. Owned by its shard's loop.
final class ReadyBytes {
    private final QueueState state;
    private final QueueReader reader;
    private boolean counted;
    private long bytes;

    ReadyBytes(QueueState state, QueueReader reader, boolean counted) {
        this.state = state;
        this.reader = reader;
        this.counted = counted;
    }

    /// Whether there is a limit from now on.
    void counted(boolean is) {
        counted = is;
    }

    long bytes() {
        return bytes;
    }

    void add(long more) {
        if (counted) {
            // Never below nothing, should a length have been unreadable when it was to be added.
            bytes = Math.max(0, bytes + more);
        }
    }

    /// A message became ready whose length nobody noted.
    void addOf(long offset) {
        add(of(offset));
    }

    /// The length of a message; 0 where nothing is counted.
    int of(long offset) {
        return counted && reader.seek(offset) && reader.offset() == offset ? reader.bodyBytes() : 0;
    }

    void forget() {
        bytes = 0;
    }

    /// Looks at all that is ready.
    void count(long highWatermark) {
        bytes = 0;
        long[] gap = {0, 0};
        state.forEachReady(
                highWatermark,
                offset -> {
                    boolean isGap = gap[0] <= offset && offset < gap[1];
                    if (isGap || !reader.seek(offset)) {
                        return;
                    }
                    if (reader.offset() == offset) {
                        bytes += reader.bodyBytes();
                    } else {
                        gap[0] = offset;
                        gap[1] = reader.offset();
                    }
                });
    }
}
