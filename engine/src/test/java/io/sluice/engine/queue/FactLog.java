package io.sluice.engine.queue;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/// A queue's journal in memory: a snapshot and the facts behind it. The same facts are kept twice: written after every one, and gathered until
/// [#write], as facts that were gathered are merged.
final class FactLog {
    private final Part atOnce = new Part();
    private final Part gathered = new Part();

    /// One way of keeping facts.
    private static final class Part {
        final QueueFacts facts = new QueueFacts();
        final List<ByteBuffer> written = new ArrayList<>();

        void write() {
            if (!facts.isEmpty()) {
                var into = ByteBuffer.allocate(facts.size() + 1);
                facts.drainTo(into);
                written.add(into.flip());
                assert facts.isEmpty() : "what was written is no longer there";
            }
        }
    }

    private ByteBuffer snapshot = ByteBuffer.allocate(0);

    void add(Consumer<QueueFacts> fact) {
        fact.accept(atOnce.facts);
        atOnce.write();
        fact.accept(gathered.facts);
    }

    void write() {
        gathered.write();
    }

    void snapshot(QueueState state, long examined) {
        for (var part : List.of(atOnce, gathered)) {
            part.facts.clear();
            part.written.clear();
        }
        snapshot = ByteBuffer.allocate(QueueSnapshot.bytesMax(state));
        QueueSnapshot.write(state, examined, snapshot);
        snapshot.flip();
    }

    /// As a crash would leave it, which loses what is not written.
    void loseUnwritten() {
        gathered.facts.clear();
        atOnce.written.clear();
        gathered.written.forEach(chunk -> atOnce.written.add(chunk.duplicate()));
    }

    /// Everything, as it was written fact by fact.
    void replayAll(QueueReplay replay) {
        replay(replay, atOnce);
    }

    /// What was written.
    void replayWritten(QueueReplay replay) {
        replay(replay, gathered);
    }

    private void replay(QueueReplay replay, Part part) {
        if (snapshot.hasRemaining()) {
            replay.snapshot(snapshot.duplicate());
        }
        part.written.forEach(chunk -> replay.facts(chunk.duplicate()));
    }
}
