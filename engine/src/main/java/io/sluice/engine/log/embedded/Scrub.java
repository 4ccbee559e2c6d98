package io.sluice.engine.log.embedded;

import io.sluice.engine.log.CorruptDataException;
import io.sluice.engine.log.TrimmedException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;

/// Reads a log from its start to its end for the sake of the checksums.
final class Scrub {
    private static final int BUFFER = 1 << 20;

    private final LogReader reader;

    Scrub(LogReader reader) {
        this.reader = reader;
    }

    List<DamagedRange> scrub(StoredLog log) throws IOException {
        var buffer = ByteBuffer.allocate(BUFFER);
        var end = log.end;
        for (var at = log.start; at < end; ) {
            try {
                at += reader.verified(log, at, buffer.clear());
            } catch (CorruptDataException e) {
                at = behindDamage(log, at);
            } catch (TrimmedException e) {
                at = log.start;
            }
        }
        synchronized (log) {
            return log.damage.ranges();
        }
    }

    private static long behindDamage(StoredLog log, long at) throws CorruptDataException {
        synchronized (log) {
            var behind = log.damage.endOf(at);
            if (behind <= at) {
                throw new CorruptDataException(log + ": the bytes at " + at + " cannot be read");
            }
            return behind;
        }
    }
}
