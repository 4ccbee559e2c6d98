package io.sluice.schema.gate;

import io.sluice.base.Buffer;
import io.sluice.broker.Append;
import io.sluice.broker.Append.Appended;
import io.sluice.broker.AppendToAll;
import io.sluice.broker.AppendToAll.Outcome;
import io.sluice.broker.Broker;
import io.sluice.broker.BrokerError;
import io.sluice.broker.PartitionId;
import io.sluice.broker.Reply;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReferenceArray;

/// A batch for several partitions, some of whose topics demand a schema: those take a copy through the gate, the others take it as it is. The reply comes
/// when all have answered.
final class GatedAppendToAll {
    private final AtomicReferenceArray<Outcome> outcomes;
    private final AtomicInteger missing;
    private final Reply<List<Outcome>> reply;

    private GatedAppendToAll(int partitions, int asked, Reply<List<Outcome>> reply) {
        this.outcomes = new AtomicReferenceArray<>(partitions);
        this.missing = new AtomicInteger(asked);
        this.reply = reply;
    }

    /// @param gated the places of the partitions that demand a schema
    /// @param gate a broker that asks for it
    static void append(
            AppendToAll append,
            List<Integer> gated,
            Broker gate,
            Broker ungated,
            Reply<List<Outcome>> reply) {
        var demanding = new HashSet<>(gated);
        var free = new ArrayList<Integer>();
        for (int i = 0; i < append.partitions().size(); i++) {
            if (!demanding.contains(i)) {
                free.add(i);
            }
        }
        int asked = gated.size() + (free.isEmpty() ? 0 : 1);
        var all = new GatedAppendToAll(append.partitions().size(), asked, reply);
        var copies = gated.stream().map(_ -> copy(append.batch())).toList();
        if (free.isEmpty()) {
            append.batch().release();
        } else {
            var to = free.stream().map(append.partitions()::get).toList();
            ungated.appendToAll(
                    new AppendToAll(to, append.batch(), append.lax(), append.delayed()),
                    all.group(free));
        }
        for (int i = 0; i < gated.size(); i++) {
            PartitionId to = append.partitions().get(gated.get(i));
            gate.append(
                    new Append(
                            to,
                            copies.get(i),
                            Append.ANYWHERE,
                            append.lax(),
                            append.delayed(),
                            null,
                            true),
                    all.one(gated.get(i)));
        }
    }

    /// Each append writes its offset into its batch.
    private static Buffer copy(Buffer batch) {
        var bytes = batch.bytes();
        return Buffer.unpooled(
                ByteBuffer.allocate(bytes.remaining()).put(bytes.duplicate()).flip());
    }

    private Reply<List<Outcome>> group(List<Integer> places) {
        return new Reply<>() {
            @Override
            public void done(List<Outcome> some) {
                for (int i = 0; i < places.size(); i++) {
                    outcomes.set(places.get(i), some.get(i));
                }
                arrived();
            }

            @Override
            public void refused(BrokerError error) {
                places.forEach(place -> outcomes.set(place, new Outcome.Refused(error)));
                arrived();
            }
        };
    }

    private Reply<Appended> one(int place) {
        return new Reply<>() {
            @Override
            public void done(Appended appended) {
                outcomes.set(place, new Outcome.Done(appended));
                arrived();
            }

            @Override
            public void refused(BrokerError error) {
                outcomes.set(place, new Outcome.Refused(error));
                arrived();
            }
        };
    }

    private void arrived() {
        if (missing.decrementAndGet() > 0) {
            return;
        }
        var all = new ArrayList<Outcome>(outcomes.length());
        for (int i = 0; i < outcomes.length(); i++) {
            all.add(outcomes.get(i));
        }
        reply.done(all);
    }
}
