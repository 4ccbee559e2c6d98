package io.sluice.engine.partition;

import io.sluice.broker.record.RecordBatch;
import io.sluice.engine.log.CorruptDataException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/// Brings a partition from its checkpoint to the end of its tail log: reads the batches behind the checkpoint in large steps, verifies
/// their checksums and applies them as if they had just become durable.
///
/// Damaged bytes are stepped over and reported; offsets go on behind them and are never given twice.
final class Recovery {
    private static final int STEP_BYTES = 1024 * 1024;

    private final PartitionLog log;
    private final Producers producers;
    private final long now;
    private final List<Damage> damages = new ArrayList<>();

    Recovery(PartitionLog log, Producers producers, long now) {
        this.log = log;
        this.producers = producers;
        this.now = now;
    }

    List<Damage> run() throws IOException {
        long end = log.tailLog.end();
        if (log.nextPosition > end) {
            // Handed to the operating system only (durability=os), and the machine went down. The
            // offsets are not given again.
            damages.add(new Damage(end, end, log.next, log.next));
            log.cutTail(end);
        }
        boolean contiguous = log.tailLog.start() <= log.nextPosition;
        long from = Math.max(log.tailLog.start(), log.nextPosition);
        log.skipTo(from, log.next);
        while (from < end) {
            from = run(from, end, contiguous);
            contiguous = false;
        }
        return damages;
    }

    /// Reads up to the end or the next damage.
    ///
    /// @return where to go on
    private long run(long from, long end, boolean contiguous) throws IOException {
        var scan = new BatchScan(log.tailLog, from, end, STEP_BYTES);
        boolean follows = contiguous;
        try {
            while (scan.next()) {
                if (!isExpected(scan.header(), follows) || !scan.isIntact()) {
                    return stepOver(scan.position(), end);
                }
                log.recover(scan.header(), scan.reference(), scan.position(), now, follows);
                producers.remember(scan.header(), now);
                follows = true;
            }
            return end;
        } catch (CorruptDataException unreadable) {
            return stepOver(scan.position(), end);
        }
    }

    private boolean isExpected(RecordBatch batch, boolean follows) {
        return follows ? batch.baseOffset() == log.next : batch.baseOffset() >= log.next;
    }

    private long stepOver(long position, long end) throws IOException {
        long behind = Resync.find(log.tailLog, position + 1, end, log.next);
        long firstLost = log.next;
        if (behind == end) {
            // Nobody can tell how many records were in there; each took more than one byte, unless
            // it was compressed very well.
            log.skipTo(end, log.next + (end - position));
        } else {
            var next = new BatchScan(log.tailLog, behind, end, BatchScan.SEEK_BYTES);
            log.skipTo(behind, next.next() ? next.header().baseOffset() : log.next);
        }
        damages.add(new Damage(position, behind, firstLost, log.next));
        return behind;
    }
}
