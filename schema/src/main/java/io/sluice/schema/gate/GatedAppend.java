package io.sluice.schema.gate;

import io.sluice.base.Buffer;
import io.sluice.base.Clock;
import io.sluice.broker.Append;
import io.sluice.broker.Append.Appended;
import io.sluice.broker.Broker;
import io.sluice.broker.BrokerError;
import io.sluice.broker.BrokerError.InvalidRecord;
import io.sluice.broker.Catalog;
import io.sluice.broker.Reply;
import io.sluice.broker.policy.SchemaPolicy;
import io.sluice.broker.record.RecordBatch;
import io.sluice.broker.record.Records;
import io.sluice.broker.record.Unpacked;
import io.sluice.schema.registry.CompiledSchemas;
import io.sluice.schema.registry.RegistryView;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Appends to topics that demand a schema.
final class GatedAppend {
    /// A batch that decompresses to more is not taken.
    private static final int UNPACKED_BYTES_MAX = 64 << 20;

    /// What is said of a batch of which nothing was stored where it was sent to.
    private static final Appended NOWHERE = new Appended(-1, -1, false);

    private final Broker broker;
    private final CompiledSchemas compiled;
    private final Clock clock;
    private final Tally tally;

    GatedAppend(Broker broker, CompiledSchemas compiled, Clock clock, Tally tally) {
        this.broker = broker;
        this.compiled = compiled;
        this.clock = clock;
        this.tally = tally;
    }

    void append(Append append, SchemaPolicy policy, Reply<Appended> reply) {
        var bytes = append.batch().bytes();
        var batch = RecordBatch.view(bytes, bytes.position());
        switch (Unpacked.of(batch, UNPACKED_BYTES_MAX)) {
            case Unpacked.Malformed(String reason) -> {
                append.batch().release();
                reply.refused(new BrokerError.Corrupt(reason));
            }
            case Unpacked.Intact(Records records) -> {
                var findings = examine(broker.catalog(), policy, records);
                if (findings.isFine()) {
                    tally.valid(findings.records());
                    broker.append(append, reply);
                } else if (policy.deadLetters()) {
                    letters(append, batch, findings, reply);
                } else {
                    reject(append, findings, reply);
                }
            }
        }
    }

    Findings examine(Catalog catalog, SchemaPolicy policy, Records records) {
        long from = clock.nanos();
        var findings =
                Findings.of(records, new ValueCheck(policy, compiled, new RegistryView(catalog)));
        tally.took(clock.nanos() - from);
        return findings;
    }

    private void reject(Append append, Findings findings, Reply<Appended> reply) {
        var left =
                append.apart() && findings.invalid().size() < findings.records()
                        ? left(append, findings)
                        : null;
        append.batch().release();
        if (left == null) {
            tally.rejected(findings.records());
            reply.refused(findings.error());
            return;
        }
        tally.rejected(findings.invalid().size());
        tally.valid(findings.records() - findings.invalid().size());
        broker.append(left, new Telling(findings.error().records(), reply));
    }

    /// The append without what is invalid; null when there is nothing else.
    private static @Nullable Append left(Append append, Findings findings) {
        var bytes = append.batch().bytes();
        var batch = RecordBatch.view(bytes, bytes.position());
        var left = Remainder.of(batch, unpacked(batch), findings.invalid());
        return left == null
                ? null
                : new Append(
                        append.partition(),
                        Buffer.unpooled(left.whole()),
                        append.expectedOffset(),
                        append.lax(),
                        append.delayed(),
                        append.once());
    }

    /// Tells what was not taken with what was.
    private record Telling(List<InvalidRecord> invalid, Reply<Appended> reply)
            implements Reply<Appended> {
        @Override
        public void done(Appended appended) {
            reply.done(appended.without(invalid));
        }

        @Override
        public void refused(BrokerError error) {
            reply.refused(error);
        }
    }

    private void letters(
            Append append, RecordBatch batch, Findings findings, Reply<Appended> reply) {
        var letters = letters(append, batch, findings);
        if (letters == null) {
            reject(append, findings, reply);
            return;
        }
        tally.deadLettered(findings.invalid().size());
        tally.valid(findings.records() - findings.invalid().size());
        var left = left(append, findings);
        append.batch().release();
        var appends = letters.appends();
        var gathering = new Gathering(appends.size() + (left == null ? 0 : 1), NOWHERE, reply);
        if (left != null) {
            broker.append(left, gathering.one(true));
        }
        appends.forEach(letter -> broker.append(letter, gathering.one(false)));
    }

    /// @return null: for one of the records there is no place, so that all must be refused
    private @Nullable SchemaLetters letters(Append append, RecordBatch batch, Findings findings) {
        var catalog = broker.catalog();
        var topic = catalog.topic(append.partition().topic());
        if (topic.isEmpty()) {
            return null;
        }
        var letters = new SchemaLetters(catalog, topic.get(), append, clock.millis());
        var records = unpacked(batch);
        for (int place = 0; records.next(); place++) {
            var why = findings.invalid().get(place);
            if (why != null && !letters.add(records, why)) {
                return null;
            }
        }
        return letters;
    }

    /// The same once more: what an examination of it ends with does not stand before it.
    private static Records unpacked(RecordBatch batch) {
        return switch (Unpacked.of(batch, UNPACKED_BYTES_MAX)) {
            case Unpacked.Intact(Records records) -> records;
            case Unpacked.Malformed(String reason) ->
                    throw new AssertionError("it was intact before: " + reason);
        };
    }
}
