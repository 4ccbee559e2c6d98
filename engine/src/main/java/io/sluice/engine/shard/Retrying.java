package io.sluice.engine.shard;

import io.sluice.base.Rng;

/// What a queue's retry policy says of a message that has failed. Owned by its shard's loop.
final class Retrying {
    private Retrying() {}

    /// Whether a message that comes back does anything else than being ready again, counted.
    static boolean matters(HostedQueue queue) {
        return queue.settings().keepsFailures()
                || !queue.settings().policy().retry().countsLostConnections();
    }

    /// Whether it is given up.
    ///
    /// @param failed how often it has failed, this time counted
    static boolean isSpent(HostedQueue queue, long offset, int failed, long nowMillis) {
        long attempts = queue.settings().attemptsMax();
        return (attempts >= 0 && failed >= attempts) || isTooOld(queue, offset, nowMillis);
    }

    private static boolean isTooOld(HostedQueue queue, long offset, long nowMillis) {
        var retry = queue.settings().policy().retry();
        if (retry.ageMaxMillis() < 0
                || !queue.reader().seek(offset)
                || queue.reader().offset() != offset) {
            return false;
        }
        var ends = retry.endsMillis(queue.reader().at().timestamp());
        return ends.isPresent() && ends.getAsLong() <= nowMillis;
    }

    /// How long it waits; 0: not at all.
    static long waitMillis(HostedQueue queue, long offset, int failed) {
        var retry = queue.settings().policy().retry();
        return retry.hasBackoff() ? retry.waitMillis(failed, chance(queue, offset, failed)) : 0;
    }

    /// The same for the same message and try, whoever asks: so no source of chance is needed, and a simulation can be run again.
    private static long chance(HostedQueue queue, long offset, int failed) {
        var id = queue.part().stateId();
        long hash = mixed(id.topic().getMostSignificantBits());
        hash = mixed(hash ^ id.topic().getLeastSignificantBits());
        hash = mixed(hash ^ id.index());
        hash = mixed(hash ^ offset);
        return mixed(hash ^ failed);
    }

    /// Each bit of the one depends on each of the other.
    private static long mixed(long bits) {
        return new Rng(bits).nextLong();
    }
}
