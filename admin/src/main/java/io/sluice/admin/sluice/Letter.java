package io.sluice.admin.sluice;

import io.sluice.broker.message.DeadLetterView;
import io.sluice.broker.queue.Peeked.Seen;
import io.sluice.broker.queue.QueuePart;
import io.sluice.broker.record.RecordBatch;
import io.sluice.broker.record.Records;

/// A message that somebody looks at as a dead letter.
record Letter(LetterId id, QueuePart part, Seen seen, DeadLetterView view) {
    static Letter of(QueuePart part, Seen seen) {
        return new Letter(
                new LetterId(part.index(), seen.offset()),
                part,
                seen,
                DeadLetterView.of(record(seen)));
    }

    /// Stands on it.
    Records record() {
        return record(seen);
    }

    int bodyBytes() {
        var body = view.body();
        return body == null ? 0 : body.remaining();
    }

    private static Records record(Seen seen) {
        var record = RecordBatch.view(seen.batch(), 0).recordsFrom(seen.at());
        var found = record.next();
        assert found : "what was seen has a record";
        return record;
    }
}
