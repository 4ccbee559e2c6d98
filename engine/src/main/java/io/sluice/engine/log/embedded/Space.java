package io.sluice.engine.log.embedded;

import io.sluice.engine.log.StorageFullException;
import io.sluice.engine.storage.Storage;
import java.io.IOException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Whether there is room to go on. Appends stop while a reserve is left, as settling and checkpoints need some to free the journal. Thread-safe.
final class Space {
    private static final Logger log = LoggerFactory.getLogger(Space.class);
    /// How much may be appended before the file system is asked again, while there is plenty.
    private static final long STRIDE = 4 << 20;

    private final Storage storage;
    private final long reserve;
    /// What has to be left before appends are taken again; 0 while they are.
    private long wanted;
    private long unchecked = STRIDE;

    Space(Storage storage, long reserve) {
        this.storage = storage;
        this.reserve = reserve;
    }

    /// Whether `bytes` more may be appended; if not, why.
    synchronized @Nullable StorageFullException refusal(long bytes) throws IOException {
        unchecked += bytes;
        if (wanted == 0 && unchecked < STRIDE) {
            return null;
        }
        var usable = storage.usableBytes();
        if (wanted == 0 && usable < reserve) {
            ranOut(reserve, usable + " bytes are left on the disk, the reserve is " + reserve);
        } else if (wanted > 0 && usable >= wanted) {
            wanted = 0;
            log.info("there is room on the disk again ({} bytes): appends are taken", usable);
        }
        // Near the reserve every batch asks.
        unchecked = usable < reserve + 4 * STRIDE ? STRIDE : 0;
        return wanted == 0
                ? null
                : new StorageFullException(
                        "no room: "
                                + usable
                                + " bytes are left on the disk, "
                                + wanted
                                + " are needed");
    }

    /// The file system refused to write.
    ///
    /// @param needed what has to be left before it makes sense to try again
    synchronized void ranOut(long needed, String why) {
        if (wanted == 0) {
            log.error("the disk is full, appends are refused until there is room: {}", why);
        }
        wanted = Math.max(wanted, Math.max(reserve, needed) + STRIDE / 4);
    }

    synchronized boolean isOut() {
        return wanted > 0;
    }
}
