package io.sluice.engine.log.embedded;

import io.sluice.engine.storage.Storage;
import java.io.IOException;
import java.util.LinkedHashSet;

/// Keeps a bounded number of segment files open, those that were used last. One in use stays open beyond that until it is let go.
/// Thread-safe.
final class OpenSegments {
    private final Storage storage;
    private final int max;
    /// The least recently used one first.
    private final LinkedHashSet<SegmentFile> open = new LinkedHashSet<>();

    OpenSegments(Storage storage, int max) {
        this.storage = storage;
        this.max = max;
    }

    /// The open file, held for the caller.
    synchronized OpenFile hold(SegmentFile segment, boolean create) throws IOException {
        var file = segment.open;
        if (file == null) {
            file = new OpenFile(segment.path(), storage.open(segment.path(), create));
            segment.open = file;
            while (open.size() >= max) {
                close(open.getFirst());
            }
        }
        // Behind all others, as the one used last.
        open.remove(segment);
        open.addLast(segment);
        var held = file.hold();
        assert held : "an open segment's file is held by this class";
        return file;
    }

    synchronized void close(SegmentFile segment) {
        var file = segment.open;
        if (file != null) {
            segment.open = null;
            segment.forgetSums();
            open.remove(segment);
            file.letGo();
        }
    }

    synchronized void closeAll() {
        while (!open.isEmpty()) {
            close(open.getFirst());
        }
    }

    synchronized int size() {
        return open.size();
    }
}
