package io.sluice.engine.shard;

import io.sluice.broker.Append.Appended;
import io.sluice.broker.AppendToAll.Outcome;
import io.sluice.broker.BrokerError;
import io.sluice.broker.Reply;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.stream.IntStream;

/// Gathers what becomes of a batch in each of its partitions, on whichever shards, and tells when all is known.
final class Outcomes {
    private final AtomicReferenceArray<Outcome> outcomes;
    private final AtomicInteger left;
    private final Reply<List<Outcome>> reply;

    Outcomes(int partitions, Reply<List<Outcome>> reply) {
        this.outcomes = new AtomicReferenceArray<>(partitions);
        this.left = new AtomicInteger(partitions);
        this.reply = reply;
    }

    /// For the partition in that place of the list.
    Reply<Appended> at(int place) {
        return new Reply<>() {
            @Override
            public void done(Appended appended) {
                became(place, new Outcome.Done(appended));
            }

            @Override
            public void refused(BrokerError error) {
                became(place, new Outcome.Refused(error));
            }
        };
    }

    private void became(int place, Outcome outcome) {
        outcomes.set(place, outcome);
        if (left.decrementAndGet() == 0) {
            reply.done(IntStream.range(0, outcomes.length()).mapToObj(outcomes::get).toList());
        }
    }
}
