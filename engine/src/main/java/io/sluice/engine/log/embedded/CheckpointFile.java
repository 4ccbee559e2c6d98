package io.sluice.engine.log.embedded;

import io.sluice.engine.log.CorruptDataException;
import io.sluice.engine.storage.Storage;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Keeps the newest checkpoint, twice in one file, so that one flipped bit does not lose it. A new one replaces it in one step.
final class CheckpointFile {
    static final String PATH = "checkpoint";
    private static final String UNFINISHED = "checkpoint.unfinished";
    private static final Logger log = LoggerFactory.getLogger(CheckpointFile.class);

    private final Storage storage;

    CheckpointFile(Storage storage) {
        this.storage = storage;
    }

    void store(Checkpoint checkpoint) throws IOException {
        var bytes = checkpoint.encode();
        var half = half(bytes.remaining());
        try (var file = storage.open(UNFINISHED, true)) {
            file.truncate(0);
            file.write(0, bytes.duplicate(), ByteBuffer.allocate(half - bytes.remaining()));
            file.write(half, bytes.duplicate(), ByteBuffer.allocate(half - bytes.remaining()));
            file.force();
        }
        storage.rename(UNFINISHED, PATH);
        storage.forceDirectory("");
    }

    /// @return nothing when there is no store here yet
    Optional<Checkpoint> load() throws IOException {
        if (!storage.exists(PATH)) {
            return Optional.empty();
        }
        try (var file = storage.open(PATH, false)) {
            var half = (int) (file.size() / 2);
            var first = ByteBuffer.allocate(half);
            var second = ByteBuffer.allocate(half);
            RunReader.readFully(file, 0, first, PATH);
            RunReader.readFully(file, half, second, PATH);
            return Optional.of(either(first.flip(), second.flip()));
        }
    }

    private static Checkpoint either(ByteBuffer first, ByteBuffer second)
            throws CorruptDataException {
        try {
            return Checkpoint.decode(first);
        } catch (CorruptDataException e) {
            var other = Checkpoint.decode(second);
            log.error(
                    "one copy of the checkpoint is damaged, the other one is used: {}",
                    e.getMessage());
            return other;
        }
    }

    private static int half(int length) {
        return (length + BatchHead.BLOCK - 1) / BatchHead.BLOCK * BatchHead.BLOCK;
    }
}
