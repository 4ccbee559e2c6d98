package io.sluice.broker.record;

import io.sluice.base.Varint;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A cursor over the records of one batch, in order of their offsets. Starts before the first: call [#next]. What it shows is a view of
/// the batch's bytes (or of their decompressed form) and holds until the next call.
///
/// ```text
///   ┌────────┬──────┬─────────┬────────┬───────────┬─────┬───────────┬───────┬─────────┬──────────┐
///   │ length │ attr │ time    │ offset │ key length│ key │ val length│ value │ headers │ headers  │
///   │ varint │  u8  │ delta   │ delta  │ -1: null  │     │ -1: null  │       │ count   │ ...      │
///   └────────┴──────┴─────────┴────────┴───────────┴─────┴───────────┴───────┴─────────┴──────────┘
/// ```
public final class Records {
    private final RecordBatch batch;
    private final ByteBuffer body;
    private int left;
    private int start;
    private long timestampDelta;
    private long offsetDelta;
    private int keyAt;
    private int keyLength;
    private int valueAt;
    private int valueLength;
    private int headersAt;
    private int end;

    /// @param body well-formed records, from position to limit
    Records(RecordBatch batch, ByteBuffer body) {
        this.batch = batch;
        this.body = body;
        this.left = batch.count();
        this.end = body.position();
    }

    /// From a record in the middle on: how many are left shows only at the end of the bytes.
    ///
    /// @param from where in `body` that record begins
    Records(RecordBatch batch, ByteBuffer body, int from) {
        this.batch = batch;
        this.body = body;
        this.left = Integer.MAX_VALUE;
        this.end = from;
    }

    /// Moves to the next record; false when there is none.
    public boolean next() {
        if (left == 0 || end == body.limit()) {
            return false;
        }
        left--;
        start = end;
        body.position(start);
        end = (int) Varint.read(body) + body.position();
        body.get();
        timestampDelta = Varint.read(body);
        offsetDelta = Varint.read(body);
        keyLength = (int) Varint.read(body);
        keyAt = body.position();
        body.position(keyAt + Math.max(0, keyLength));
        valueLength = (int) Varint.read(body);
        valueAt = body.position();
        headersAt = valueAt + Math.max(0, valueLength);
        return true;
    }

    public long offset() {
        return batch.baseOffset() + offsetDelta;
    }

    int offsetDelta() {
        return (int) offsetDelta;
    }

    /// Milliseconds since 1970 UTC.
    public long timestamp() {
        return batch.hasAppendTime()
                ? batch.maxTimestamp()
                : batch.baseTimestamp() + timestampDelta;
    }

    public boolean hasKey() {
        return keyLength >= 0;
    }

    public boolean hasValue() {
        return valueLength >= 0;
    }

    public @Nullable ByteBuffer key() {
        return keyLength < 0 ? null : body.slice(keyAt, keyLength).asReadOnlyBuffer();
    }

    public @Nullable ByteBuffer value() {
        return valueLength < 0 ? null : body.slice(valueAt, valueLength).asReadOnlyBuffer();
    }

    /// Length of the value in bytes; -1 for null.
    public int valueBytes() {
        return valueLength;
    }

    public List<Header> headers() {
        body.position(headersAt);
        int count = (int) Varint.read(body);
        var headers = new ArrayList<Header>(count);
        for (int i = 0; i < count; i++) {
            headers.add(new Header(text(), bytes()));
        }
        return headers;
    }

    /// The value of the first header of that name, without a look at those behind it; null when there is none, or it has none.
    ///
    /// @param name UTF-8
    public @Nullable ByteBuffer header(byte[] name) {
        body.position(headersAt);
        for (int left = (int) Varint.read(body); left > 0; left--) {
            int length = (int) Varint.read(body);
            boolean found = length == name.length && matches(name, body.position());
            body.position(body.position() + length);
            var value = bytes();
            if (found) {
                return value;
            }
        }
        return null;
    }

    /// Where the value of the first header begins, if that header has this name: for who looks at a few bytes of it only, see [#byteAt]. -1 when
    /// the first header has another name or is shorter, or there is none.
    ///
    /// @param name UTF-8
    /// @param bytesMin how many bytes will be looked at
    public int firstHeaderAt(byte[] name, int bytesMin) {
        body.position(headersAt);
        if (Varint.read(body) == 0 || Varint.read(body) != name.length) {
            return -1;
        }
        int at = body.position();
        if (!matches(name, at)) {
            return -1;
        }
        body.position(at + name.length);
        return Varint.read(body) >= bytesMin ? body.position() : -1;
    }

    /// One byte of the batch's records, at a place that one of the methods here gave.
    public byte byteAt(int place) {
        return body.get(place);
    }

    private boolean matches(byte[] name, int at) {
        for (int i = 0; i < name.length; i++) {
            if (body.get(at + i) != name[i]) {
                return false;
            }
        }
        return true;
    }

    /// Where in an uncompressed batch's bytes this record begins, counted from the batch's first byte.
    public int position() {
        return RecordBatch.HEADER_BYTES + start;
    }

    /// Bytes of the record as a whole.
    public int bytesWhole() {
        return end - start;
    }

    /// The headers as they are stored, their count included.
    public ByteBuffer rawHeaders() {
        return body.slice(headersAt, end - headersAt).asReadOnlyBuffer();
    }

    private String text() {
        var bytes = new byte[(int) Varint.read(body)];
        body.get(bytes);
        return new String(bytes, StandardCharsets.UTF_8);
    }

    private @Nullable ByteBuffer bytes() {
        int length = (int) Varint.read(body);
        if (length < 0) {
            return null;
        }
        var bytes = body.slice(body.position(), length).asReadOnlyBuffer();
        body.position(body.position() + length);
        return bytes;
    }
}
