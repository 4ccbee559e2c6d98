package io.sluice.engine.log.embedded;

import io.sluice.engine.storage.NoSpaceException;
import io.sluice.engine.storage.Storage;
import io.sluice.engine.storage.StoredFile;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Makes last what a start has found without knowing that it was forced.
///
/// Forcing it is not enough. When the force of an earlier process failed, the operating system goes on showing what that one wrote, takes
/// it for written, and has nothing to force any more. So the same bytes are written once more before.
final class Renewal {
    private static final Logger log = LoggerFactory.getLogger(Renewal.class);
    private static final int BUFFER = 1 << 20;

    private final Storage storage;
    private final List<JournalScan.Found> batches = new ArrayList<>();
    private final Map<String, List<Range>> segments = new LinkedHashMap<>();

    Renewal(Storage storage) {
        this.storage = storage;
    }

    private record Range(long offset, int length) {}

    /// A batch that counts, and what it refers to.
    void add(JournalScan.Found found, BatchHead head) {
        batches.add(found);
        for (var entry : head.entries()) {
            if (entry instanceof Entry.Reference part) {
                segments.computeIfAbsent(
                                SegmentFile.path(part.log(), part.segment()),
                                _ -> new ArrayList<>())
                        .add(new Range(part.position() - part.segment(), part.length()));
            }
        }
    }

    /// Writes and forces the segments first, as a batch must not outlast what it refers to.
    void renew() throws IOException {
        for (var each : segments.entrySet()) {
            // One that a later batch gave up may be gone.
            if (storage.exists(each.getKey())) {
                try (var file = storage.open(each.getKey(), false)) {
                    for (var range : each.getValue()) {
                        rewrite(file, range, each.getKey());
                    }
                    file.force();
                }
            }
        }
        var files = new LinkedHashSet<JournalFile>();
        for (var each : batches) {
            var file = each.file();
            rewrite(file.file, new Range(each.offset(), each.head().length()), file.path());
            files.add(file);
        }
        for (var file : files) {
            file.file.force();
        }
    }

    private static void rewrite(StoredFile file, Range range, String path) throws IOException {
        var buffer = ByteBuffer.allocate(Math.min(BUFFER, range.length));
        try {
            for (int done = 0, read; done < range.length; done += read) {
                read =
                        file.read(
                                range.offset + done,
                                buffer.clear()
                                        .limit(Math.min(buffer.capacity(), range.length - done)));
                if (read < 0) {
                    return;
                }
                file.write(range.offset + done, buffer.flip());
            }
        } catch (NoSpaceException full) {
            log.warn(
                    "no room to write {} once more, it is only forced: {}",
                    path,
                    full.getMessage());
        }
    }
}
