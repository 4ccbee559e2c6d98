package io.sluice.engine.log.embedded;

import io.sluice.engine.log.CorruptDataException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.zip.CRC32C;

/// Reads whole runs that lie in the journal.
final class RunReader {
    private RunReader() {}

    /// Copies the run's bytes, from memory if they are there still, and leaves the buffer's position behind them.
    static void copy(Run run, ByteBuffer into) throws IOException {
        var block = run.block;
        if (block != null && block.hold()) {
            try {
                into.put(block.view(run.blockOffset, run.length));
            } finally {
                block.letGo();
            }
        } else {
            readFully(
                    run.journal.file,
                    run.journalOffset,
                    into.slice(into.position(), run.length),
                    run.journal);
            into.position(into.position() + run.length);
        }
    }

    static void readFully(
            io.sluice.engine.storage.StoredFile file, long position, ByteBuffer into, Object name)
            throws IOException {
        var at = position;
        while (into.hasRemaining()) {
            var read = file.read(at, into);
            if (read < 0) {
                throw new CorruptDataException(
                        name + " ends at " + at + ", more was written to it");
            }
            at += read;
        }
    }

    static int checksum(ByteBuffer bytes) {
        var crc = new CRC32C();
        crc.update(bytes);
        return (int) crc.getValue();
    }
}
