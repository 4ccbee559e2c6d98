package io.sluice.simulation.broker;

import io.sluice.base.Slice;
import io.sluice.broker.BrokerError;
import io.sluice.broker.Fetch;
import io.sluice.broker.PartitionId;
import io.sluice.broker.PartitionStatus;
import io.sluice.broker.record.Parsed;
import io.sluice.broker.record.RecordBatch;
import io.sluice.broker.record.Unpacked;
import io.sluice.simulation.InvariantBroken;
import io.sluice.simulation.disk.Trouble;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/// Reads a partition from its start to its end, as a consumer would.
final class PartitionReader {
    private static final int FETCH_BYTES = 16 << 10;

    private final BrokerProcess process;
    private final PartitionId partition;
    private final Trouble trouble;

    PartitionReader(BrokerProcess process, PartitionId partition, Trouble trouble) {
        this.process = process;
        this.partition = partition;
        this.trouble = trouble;
    }

    void check(ModelPartition model) {
        var reading = read();
        model.check(reading.start, reading.status.highWatermark(), reading.records);
    }

    /// Everything that a restart must not change.
    String picture() {
        var reading = read();
        var producers =
                reading.status.producers().stream()
                        .sorted(Comparator.comparingLong(PartitionStatus.Producer::id))
                        .map(
                                producer ->
                                        producer.id()
                                                + "/"
                                                + producer.epoch()
                                                + "/"
                                                + producer.lastSequence())
                        .toList();
        return reading.status.startOffset()
                + ".."
                + reading.status.highWatermark()
                + " "
                + producers
                + " "
                + reading.records.hashCode();
    }

    /// @param start where the reader began
    /// @param status when it had read all
    private record Reading(long start, PartitionStatus status, List<Stored> records) {}

    /// Reads all there is, again from the beginning whenever a deletion overtakes the reader.
    private Reading read() {
        while (true) {
            var reading = readOn();
            if (reading.isPresent()) {
                return reading.get();
            }
        }
    }

    /// Reads until the end stays where it is: what a compaction takes away before the reader came to it, it takes because of a newer record, and that
    /// one may have come after the reader began.
    ///
    /// @return nothing when the start has moved behind the reader
    private Optional<Reading> readOn() {
        var status = status();
        var start = status.startOffset();
        var found = new ArrayList<Stored>();
        for (var next = start; next < status.highWatermark(); ) {
            if (!add(next, status.highWatermark(), found)) {
                return Optional.empty();
            }
            next = status.highWatermark();
            status = status();
        }
        return Optional.of(new Reading(start, status, found));
    }

    private PartitionStatus status() {
        var answer = new Answer<PartitionStatus>();
        process.broker().status(partition, answer);
        process.turnUntil(() -> !answer.isOpen());
        var status = answer.value();
        if (status == null) {
            throw new InvariantBroken("EveryCommandIsAnswered", partition + ": " + answer.error());
        }
        return status;
    }

    /// Adds what lies from `start` on before `end`.
    ///
    /// @return false when the partition's start has moved behind the reader
    private boolean add(long start, long end, List<Stored> found) {
        for (var next = start; next < end; ) {
            var from = next;
            switch (fetch(from)) {
                case Fetch.Answer.Refused(BrokerError.OffsetOutOfRange range)
                        when from < range.start() -> {
                    return false;
                }
                case Fetch.Answer.Refused(BrokerError.StorageFailed _)
                        when trouble.readsMayFail() -> {
                    // Once more: it did not say that there is nothing.
                }
                case Fetch.Answer.Refused(var error) ->
                        throw new InvariantBroken(
                                "NoAcknowledgedRecordIsLost",
                                partition + " at " + next + ": " + error);
                case Fetch.Answer.Found answer -> {
                    var bytes = bytes(answer);
                    if (!bytes.hasRemaining()) {
                        throw new InvariantBroken(
                                "NoAcknowledgedRecordIsLost",
                                partition + " has nothing at " + next + ", its end is " + end);
                    }
                    while (bytes.hasRemaining()) {
                        next = add(bytes, next, end, found);
                    }
                }
            }
        }
        return true;
    }

    /// The next batch's records from offset `from` on.
    ///
    /// @return the offset behind the batch
    private long add(ByteBuffer bytes, long from, long end, List<Stored> found) {
        if (!(Parsed.of(bytes) instanceof Parsed.Batch(RecordBatch batch))
                || !batch.isIntact()
                || !(Unpacked.of(batch, FETCH_BYTES) instanceof Unpacked.Intact(var records))) {
            throw new InvariantBroken(
                    "BytesAreWhatWasAppended",
                    partition + " has something else than a batch at " + from);
        }
        while (records.next()) {
            if (records.offset() >= from && records.offset() < end) {
                var value = records.value();
                var key = records.key();
                if (value == null || key == null) {
                    throw new InvariantBroken(
                            "BytesAreWhatWasAppended",
                            partition + " has a null at " + records.offset());
                }
                found.add(
                        new Stored(
                                records.offset(),
                                value.getLong(0),
                                value.getInt(Long.BYTES),
                                key.getInt(0)));
            }
        }
        bytes.position(bytes.position() + batch.bytes());
        return batch.nextOffset();
    }

    private Fetch.Answer fetch(long offset) {
        var answer = new Answer<List<Fetch.Answer>>();
        process.broker()
                .fetch(
                        new Fetch(
                                List.of(new Fetch.Want(partition, offset, FETCH_BYTES)),
                                0,
                                FETCH_BYTES,
                                0),
                        answer);
        process.turnUntil(() -> !answer.isOpen());
        var answers = answer.value();
        if (answers == null) {
            throw new InvariantBroken(
                    "EveryCommandIsAnswered", partition + " at " + offset + ": " + answer.error());
        }
        return answers.getFirst();
    }

    private static ByteBuffer bytes(Fetch.Answer.Found found) {
        try (var records = found.records()) {
            var bytes = ByteBuffer.allocate(Math.toIntExact(records.bytes()));
            records.slices()
                    .forEach(slice -> bytes.put(((Slice.InMemory) slice).bytes().duplicate()));
            return bytes.flip();
        }
    }
}
