package io.sluice.engine.log.embedded;

import io.sluice.engine.storage.Storage;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Writes large chunks where they stay, into their logs' segments, so that bulk load is written once. Owned by the writer.
final class LargeChunks {
    private static final int SEGMENTS_MAX = 8;

    private final Storage storage;
    private final OpenSegments segments;
    private final int segmentBytesMax;
    /// What was written to and not forced yet.
    private final Map<SegmentFile, OpenFile> dirty = new LinkedHashMap<>();
    private final List<SegmentFile> unnamed = new ArrayList<>();
    private long bytes;

    LargeChunks(Storage storage, OpenSegments segments, int segmentBytesMax) {
        this.storage = storage;
        this.segments = segments;
        this.segmentBytesMax = segmentBytesMax;
    }

    /// Whether one more chunk of this log costs no force beyond what is bearable.
    boolean takes(StoredLog log) {
        return dirty.size() < SEGMENTS_MAX
                || dirty.keySet().stream().anyMatch(segment -> segment.log == log.number);
    }

    /// A new batch begins.
    void begin() {
        bytes = 0;
    }

    /// How much was written for this batch.
    long bytes() {
        return bytes;
    }

    SegmentFile write(StoredLog log, Pending chunk) throws IOException {
        var segment = log.segmentFor(chunk.position, chunk.length, segmentBytesMax);
        var file = dirty.get(segment);
        if (file == null) {
            file = segments.hold(segment, true);
            dirty.put(segment, file);
            if (!segment.named) {
                unnamed.add(segment);
            }
        }
        file.file().write(chunk.position - segment.base, chunk.chunk.data().bytes().duplicate());
        bytes += chunk.length;
        return segment;
    }

    void force() throws IOException {
        if (dirty.isEmpty()) {
            return;
        }
        for (var file : dirty.values()) {
            file.file().force();
        }
        if (!unnamed.isEmpty()) {
            storage.forceDirectory(SegmentFile.DIRECTORY);
            unnamed.forEach(segment -> segment.named = true);
            unnamed.clear();
        }
        dirty.values().forEach(OpenFile::letGo);
        dirty.clear();
    }
}
