package io.sluice.dialect.amqp.codec;

import io.sluice.dialect.amqp.codec.Value.Width;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Reads field tables, of all types that RabbitMQ knows.
///
/// ```text
///   table: ┌──────┬─────────────────────────────┐     array: ┌──────┬────────────────────┐
///          │ size │ fields: name, type, value   │            │ size │ items: type, value │
///          │ u32  │         u8 + n, u8, ...     │            │ u32  │        u8, ...     │
///          └──────┴─────────────────────────────┘            └──────┴────────────────────┘
///
///   t bool u8     b i8    B u8     s i16    u u16    I i32    i u32    l i64    L u64    f float    d double
///   D decimal: scale u8, unscaled u32     T time u64, in seconds     V nothing
///   S text: u32 + n     x bytes: u32 + n     F table     A array
/// ```
final class TableReader {
    /// How deep tables and arrays may lie in each other.
    static final int DEPTH_MAX = 32;

    private static final Value NOTHING = new Value.Nothing();

    private TableReader() {}

    /// @param depth 1 for one that lies in no other
    static Table table(WireReader from, int depth) throws MalformedException {
        int outer = from.enter(from.u32());
        Map<String, Value> fields = new LinkedHashMap<>();
        while (from.hasMore()) {
            fields.putIfAbsent(from.shortOctets().text(), value(from, depth));
        }
        from.leave(outer);
        return fields.isEmpty() ? Table.EMPTY : new Table(fields);
    }

    /// Goes behind a table, and looks at every field on the way.
    static void skipTable(WireReader from, int depth) throws MalformedException {
        int outer = from.enter(from.u32());
        while (from.hasMore()) {
            from.skip(from.u8());
            skipValue(from, depth);
        }
        from.leave(outer);
    }

    /// @param depth of the table or array it lies in
    static Value value(WireReader from, int depth) throws MalformedException {
        byte type = from.i8();
        return switch (type) {
            case 't' -> new Value.Bool(from.i8() != 0);
            case 'b' -> new Value.Whole(Width.INT8, from.i8());
            case 'B' -> new Value.Whole(Width.UINT8, from.u8());
            case 's' -> new Value.Whole(Width.INT16, from.i16());
            case 'u' -> new Value.Whole(Width.UINT16, from.u16());
            case 'I' -> new Value.Whole(Width.INT32, from.i32());
            case 'i' -> new Value.Whole(Width.UINT32, from.u32());
            case 'l' -> new Value.Whole(Width.INT64, from.i64());
            case 'L' -> new Value.Whole(Width.UINT64, from.i64());
            case 'f' -> new Value.Float32(Float.intBitsToFloat(from.i32()));
            case 'd' -> new Value.Float64(Double.longBitsToDouble(from.i64()));
            case 'D' -> new Value.Decimal(from.u8(), from.u32());
            case 'T' -> new Value.Timestamp(from.i64());
            case 'S' -> new Value.Text(from.longOctets());
            case 'x' -> new Value.Bytes(from.longOctets());
            case 'V' -> NOTHING;
            case 'F' -> table(from, deeper(depth));
            case 'A' -> array(from, deeper(depth));
            default -> throw unknown(type);
        };
    }

    static void skipValue(WireReader from, int depth) throws MalformedException {
        byte type = from.i8();
        switch (type) {
            case 't', 'b', 'B' -> from.skip(1);
            case 's', 'u' -> from.skip(2);
            case 'I', 'i', 'f' -> from.skip(4);
            case 'D' -> from.skip(5);
            case 'l', 'L', 'd', 'T' -> from.skip(8);
            case 'S', 'x' -> from.skip(from.u32());
            case 'V' -> {}
            case 'F' -> skipTable(from, deeper(depth));
            case 'A' -> skipArray(from, deeper(depth));
            default -> throw unknown(type);
        }
    }

    private static Value array(WireReader from, int depth) throws MalformedException {
        int outer = from.enter(from.u32());
        List<Value> values = new ArrayList<>();
        while (from.hasMore()) {
            values.add(value(from, depth));
        }
        from.leave(outer);
        return new Value.Array(values);
    }

    private static void skipArray(WireReader from, int depth) throws MalformedException {
        int outer = from.enter(from.u32());
        while (from.hasMore()) {
            skipValue(from, depth);
        }
        from.leave(outer);
    }

    private static int deeper(int depth) throws MalformedException {
        if (depth == DEPTH_MAX) {
            throw new MalformedException("tables more than %d deep".formatted(DEPTH_MAX));
        }
        return depth + 1;
    }

    private static MalformedException unknown(byte type) {
        return new MalformedException("a field of unknown type %d".formatted(type));
    }
}
