package io.sluice.engine.shard;

import java.util.HashMap;
import java.util.Map;

/// How often those of a queue's dead letters that cannot be read were tried. A disk may be better soon; where it is not, a letter must not keep all others
/// waiting for ever. Owned by its shard's loop.
final class ReadTries {
    /// Half a minute of tries, longer than storage behind a network usually takes to come back. One try of a letter takes several reads.
    private static final int TRIES_MAX = 60;

    /// So many are remembered; then all of them are tried as if for the first time.
    private static final int LETTERS_MAX = 1_000;

    private static final Tries NONE = new Tries(0, Long.MIN_VALUE / 2);

    private final Map<Long, Tries> failed = new HashMap<>();

    private record Tries(int count, long lastMillis) {}

    /// The letter at `offset` could not be read. What several ask for at about the same time is one try.
    ///
    /// @param nowMillis by the timers' clock
    /// @return whether it is to be tried again
    boolean again(long offset, long nowMillis) {
        var before = failed.getOrDefault(offset, NONE);
        if (before.count == TRIES_MAX) {
            return false;
        }
        if (nowMillis - before.lastMillis >= DeadLettering.RETRY_MILLIS) {
            if (failed.size() == LETTERS_MAX) {
                failed.clear();
            }
            failed.put(offset, new Tries(before.count + 1, nowMillis));
        }
        return true;
    }

    /// The letter at `offset` was read.
    void succeeded(long offset) {
        failed.remove(offset);
    }
}
