package io.sluice.broker.record;

import io.sluice.base.Varint;
import java.nio.ByteBuffer;

/// Walks once over all records of a batch and refuses the first thing that is wrong, so that [Records] need not ask.
///
/// Checked: every length lies within its surroundings, offset deltas grow and stay within the batch, there are as many records as the
/// header says and nothing behind them.
final class RecordsCheck {
    private final RecordBatch batch;
    private final ByteBuffer body;

    RecordsCheck(RecordBatch batch, ByteBuffer body) {
        this.batch = batch;
        this.body = body;
    }

    void run() throws MalformedException {
        try {
            long lastDelta = -1;
            for (int i = 0; i < batch.count(); i++) {
                lastDelta = record(lastDelta);
            }
        } catch (IllegalArgumentException varint) {
            throw new MalformedException("in a record: " + varint.getMessage());
        }
        if (body.hasRemaining()) {
            throw new MalformedException(body.remaining() + " bytes behind the last record");
        }
    }

    private long record(long lastDelta) throws MalformedException {
        int end = end("record", Varint.read(body), 0);
        if (end == body.position()) {
            throw new MalformedException("a record without bytes");
        }
        body.get();
        Varint.read(body);
        long delta = Varint.read(body);
        if (delta <= lastDelta || delta > batch.lastOffsetDelta()) {
            throw new MalformedException("offset delta " + delta + " behind " + lastDelta);
        }
        skip("key", -1);
        skip("value", -1);
        long headers = Varint.read(body);
        if (headers < 0 || headers > end - body.position()) {
            throw new MalformedException(headers + " headers");
        }
        for (long i = 0; i < headers; i++) {
            skip("header key", 0);
            skip("header value", -1);
        }
        if (body.position() != end) {
            throw new MalformedException("a record's length differs from its content's");
        }
        return delta;
    }

    private void skip(String what, int least) throws MalformedException {
        body.position(end(what, Varint.read(body), least));
    }

    private int end(String what, long length, int least) throws MalformedException {
        if (length < least || length > body.remaining()) {
            throw new MalformedException(
                    what + " of " + length + " bytes among " + body.remaining());
        }
        return body.position() + (int) Math.max(0, length);
    }
}
