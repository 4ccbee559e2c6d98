package io.sluice.engine.partition;

import io.sluice.base.Buffer;
import io.sluice.base.Slice;
import io.sluice.broker.Fetch;
import io.sluice.broker.PartitionId;
import io.sluice.broker.record.Parsed;
import io.sluice.broker.record.RecordBatch;
import io.sluice.engine.log.Chunk;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// Does for one partition what a shard does: appends, journals facts (encoded) and opens it again from what was durable.
final class Host {
    static final int BODY_LOG = 0x2_0001;
    static final PartitionId ID = new PartitionId(new UUID(1, 2), 3);

    final MemoryLog tail = new MemoryLog(LogNames.tail(ID));
    final MemoryLog bodyLog = new MemoryLog("bodies");
    final Bodies bodies = _ -> bodyLog;
    final Map<String, MemoryLog> cleans = new HashMap<>();
    final List<ByteBuffer> facts = new ArrayList<>();
    TopicSettings settings;
    Partition partition;
    long now = 1_700_000_000_000L;

    Host(Map<String, String> config) throws IOException {
        settings = TopicSettings.of(config);
        partition =
                Partition.open(ID, settings, tail, null, bodies, PartitionCheckpoint.empty(), now);
    }

    /// Decides and, if accepted, appends; nothing is durable yet.
    Decision append(RecordBatch batch) {
        var decision = partition.decide(batch, now);
        if (decision instanceof Decision.Accept(long baseOffset)) {
            batch.assign(baseOffset, 0);
            partition.apply(batch, tail.next(), now);
            long next = batch.nextOffset();
            var opened = partition;
            tail.append(chunk(Buffer.unpooled(batch.slice()), () -> opened.durable(next)));
        }
        return decision;
    }

    /// Stores the batch's records in the body log and appends a reference to them.
    void appendReference(RecordBatch batch) {
        var whole = batch.whole();
        var records =
                whole.slice(RecordBatch.HEADER_BYTES, batch.bytes() - RecordBatch.HEADER_BYTES);
        var place = new BodyPlace(BODY_LOG, bodyLog.next(), records.remaining());
        bodyLog.append(chunk(Buffer.unpooled(records), () -> {}));
        var reference = BatchReference.of(whole);
        var stored = RecordBatch.view(reference, 0);
        assert partition.decide(stored, batch.bytes(), now) instanceof Decision.Accept;
        stored.assign(partition.nextOffset(), 0);
        BatchReference.leadTo(place, reference);
        partition.apply(stored, place, tail.next(), now);
        long next = stored.nextOffset();
        var opened = partition;
        tail.append(chunk(Buffer.unpooled(reference), () -> opened.durable(next)));
        bodyLog.forceAll();
        tail.forceAll();
    }

    /// Appends and makes durable.
    Decision appendDurably(RecordBatch batch) {
        var decision = append(batch);
        tail.forceAll();
        return decision;
    }

    void journal(PartitionFact fact) {
        var bytes = ByteBuffer.allocate(fact.encodedBytes());
        fact.encode(bytes);
        assert !bytes.hasRemaining() : "a fact is as long as it says: " + fact;
        facts.add(bytes.flip());
        partition.apply(fact);
    }

    /// What is not durable is lost; the rest is opened again.
    void restart() throws IOException {
        tail.crash();
        cleans.values().forEach(MemoryLog::crash);
        var checkpoint = PartitionCheckpoint.empty();
        for (var fact : facts) {
            checkpoint = checkpoint.after(PartitionFact.decode(fact.duplicate()));
        }
        var clean = clean(checkpoint.generation());
        cleans.values().removeIf(log -> log != clean);
        partition = Partition.open(ID, settings, tail, clean, bodies, checkpoint, now);
    }

    private @Nullable MemoryLog clean(long generation) {
        return generation == 0 ? null : cleans.get(LogNames.clean(ID, generation));
    }

    /// Compacts from beginning to end, if it is due.
    boolean compact(int stepBytes) throws IOException {
        if (!partition.compactionDue(now)) {
            return false;
        }
        var running = beginCompaction();
        while (!stepped(running, stepBytes)) {
            cleans.values().forEach(MemoryLog::forceAll);
        }
        return true;
    }

    Compaction beginCompaction() {
        var target = new MemoryLog(LogNames.clean(ID, partition.nextGeneration()));
        cleans.put(target.name(), target);
        return partition.compact(target, buffer -> chunk(buffer, () -> {}), now);
    }

    Compaction keepOnly(MemoryLog target, long end, long... live) {
        return partition.keepOnly(target, buffer -> chunk(buffer, () -> {}), end, live);
    }

    /// One step; true when that was the last one and its fact is journalled.
    boolean stepped(Compaction running, int stepBytes) throws IOException {
        if (running.step(stepBytes) instanceof Compaction.Progress.Done(var fact)) {
            journal(fact);
            cleans.remove(LogNames.clean(ID, fact.generation() - 1));
            return true;
        }
        return false;
    }

    /// The batches that one read finds.
    List<RecordBatch> read(long offset, int maxBytes) {
        var answer = partition.read(offset, maxBytes);
        if (!(answer instanceof Fetch.Answer.Found(_, _, var records))) {
            throw new AssertionError(answer.toString());
        }
        try (records) {
            var bytes = ByteBuffer.allocate((int) records.bytes());
            for (var slice : records.slices()) {
                bytes.put(((Slice.InMemory) slice).bytes().duplicate());
            }
            return batches(bytes.flip());
        }
    }

    static List<RecordBatch> batches(ByteBuffer bytes) {
        var batches = new ArrayList<RecordBatch>();
        for (int at = 0; at < bytes.limit(); ) {
            if (!(Parsed.at(bytes, at) instanceof Parsed.Batch(var batch))) {
                throw new AssertionError("no whole batch at " + at + " of " + bytes.limit());
            }
            assert batch.isIntact() : batch + " has another checksum";
            batches.add(batch);
            at += batch.bytes();
        }
        return batches;
    }

    private static Chunk chunk(Buffer data, Runnable completed) {
        return new Chunk() {
            @Override
            public Buffer data() {
                return data;
            }

            @Override
            public boolean forced() {
                return true;
            }

            @Override
            public void completed() {
                completed.run();
            }

            @Override
            public void failed(IOException cause) {
                throw new AssertionError(cause);
            }
        };
    }
}
