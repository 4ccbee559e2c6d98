package io.sluice.conformance.torture.kafka;

import io.sluice.conformance.torture.Invariant;
import io.sluice.conformance.torture.Violation;
import java.util.Arrays;

/// The records of one idempotent producer in one partition, numbered from 0 in the order of sending.
///
/// Writing side: the writer's threads say what was sent and acknowledged. Reading side: [#found] is told each record in the order of
/// the partition. Both may happen at the same time; what is checked is what was acknowledged before the reading began.
final class Lane {
    private static final long UNKNOWN = -1;

    private final String name;
    private long[] offsets = new long[1024];
    private int sent;
    private int acknowledged;

    private int promised;
    private int nextExpected;

    Lane(String name) {
        this.name = name;
    }

    String name() {
        return name;
    }

    /// The number of the next record.
    synchronized int send() {
        if (sent == offsets.length) {
            offsets = Arrays.copyOf(offsets, sent * 2);
        }
        offsets[sent] = UNKNOWN;
        return sent++;
    }

    /// The broker has said that record `number` lies at `offset`.
    synchronized void acknowledge(int number, long offset) {
        offsets[number] = offset;
        acknowledged++;
    }

    synchronized int sent() {
        return sent;
    }

    synchronized int acknowledged() {
        return acknowledged;
    }

    /// Begins a reading: from now on everything counts that is acknowledged at this moment. Returns the greatest acknowledged offset, or -1.
    synchronized long promise() {
        promised = sent;
        while (promised > 0 && offsets[promised - 1] == UNKNOWN) {
            promised--;
        }
        return promised == 0 ? -1 : offsets[promised - 1];
    }

    /// Begins again at the first record of the partition.
    synchronized void startOver() {
        nextExpected = 0;
    }

    /// The partition holds record `number` at `offset`.
    ///
    /// @throws Violation if that cannot be after what was sent, acknowledged and found before
    synchronized void found(int number, long offset) {
        if (number >= sent) {
            throw new Violation(
                    Invariant.NOTHING_IS_INVENTED, where(number, offset) + " was never sent");
        }
        if (number < nextExpected) {
            throw new Violation(
                    Invariant.NO_RECORD_IS_DOUBLED_OR_OUT_OF_ORDER,
                    where(number, offset) + " lies behind number " + (nextExpected - 1));
        }
        for (var skipped = nextExpected; skipped < number; skipped++) {
            mustBeUnknown(skipped);
        }
        if (offsets[number] != UNKNOWN && offsets[number] != offset) {
            throw new Violation(
                    Invariant.A_RECORD_STAYS_AT_ITS_OFFSET,
                    where(number, offset) + " was acknowledged at " + offsets[number]);
        }
        nextExpected = number + 1;
    }

    /// The reading has come to the end of the partition.
    ///
    /// @throws Violation if something acknowledged was not found
    synchronized void ended() {
        for (var missing = nextExpected; missing < promised; missing++) {
            mustBeUnknown(missing);
        }
    }

    private void mustBeUnknown(int number) {
        if (offsets[number] != UNKNOWN) {
            throw new Violation(
                    Invariant.NO_ACKNOWLEDGED_RECORD_IS_LOST,
                    where(number, offsets[number]) + " is not where it was acknowledged");
        }
    }

    private String where(int number, long offset) {
        return "record " + number + " of " + name + " at offset " + offset;
    }
}
