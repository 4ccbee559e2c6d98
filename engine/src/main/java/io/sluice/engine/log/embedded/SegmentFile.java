package io.sluice.engine.log.embedded;

import io.sluice.engine.storage.Storage;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/// One file of a log's settled bytes: byte `position` of the log lies at `position - base`, nothing else is in it. Beside it a file of
/// checksums, [SegmentSums].
final class SegmentFile {
    final long log;
    final long base;
    /// Guarded by [OpenSegments].
    @Nullable OpenFile open;
    /// Whether its name is durable in the directory.
    volatile boolean named;
    /// How many checksums count; what stands behind them in the file is of a settling that did not come to its end. Guarded by the
    /// log's lock.
    int sums;

    private volatile @Nullable SegmentSums loaded;

    SegmentFile(long log, long base, int sums) {
        this.log = log;
        this.base = base;
        this.sums = sums;
    }

    /// Its checksums. Kept until there are more.
    SegmentSums sums(Storage storage, StoredLog owner) throws IOException {
        var count = 0;
        synchronized (owner) {
            count = sums;
        }
        var known = loaded;
        if (known == null || known.count() < count) {
            known = SegmentSums.load(storage, sumsPath(), count);
            loaded = known;
        }
        return known;
    }

    void forgetSums() {
        loaded = null;
    }

    String path() {
        return path(log, base);
    }

    String sumsPath() {
        return String.format("%s/%08x-%016x.sums", DIRECTORY, log, base);
    }

    static final String DIRECTORY = "logs";

    static String path(long log, long base) {
        return String.format("%s/%08x-%016x.segment", DIRECTORY, log, base);
    }

    @Override
    public String toString() {
        return path();
    }
}
