package io.sluice.server;

import io.sluice.admin.json.JsonObject;
import io.sluice.admin.management.Messages;
import io.sluice.broker.message.Envelope;
import io.sluice.broker.message.EnvelopeWriter;
import io.sluice.broker.record.BatchBuilder;
import io.sluice.broker.record.Compression;
import io.sluice.broker.record.Header;
import io.sluice.broker.record.Records;
import java.util.List;
import java.util.Map;

/// Messages without properties, until a dialect that knows them is wired in.
final class PlainMessages implements Messages {
    @Override
    public JsonObject properties(Records message, int returned) {
        return JsonObject.object();
    }

    @Override
    public Made make(Draft draft) {
        var envelope =
                EnvelopeWriter.write(
                        0,
                        -1,
                        -1,
                        draft.exchange().name(),
                        List.of(draft.routingKey()),
                        null,
                        null);
        var batch =
                new BatchBuilder(Compression.NONE, 0, draft.nowMillis())
                        .add(
                                draft.nowMillis(),
                                null,
                                draft.payload(),
                                new Header(Envelope.HEADER, envelope))
                        .build();
        return new Made.Message(List.of(draft.routingKey()), Map.of(), batch.slice(), false, false);
    }
}
