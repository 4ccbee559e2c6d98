package io.sluice.dialect.amqp.codec;

import java.util.Map;

/// Writes field tables as [TableReader] draws them.
final class TableWriter {
    private TableWriter() {}

    static void write(Table table, WireWriter into) {
        int size = into.beginSized();
        writeFields(table.fields(), into);
        into.endSized(size);
    }

    static void writeFields(Map<String, Value> fields, WireWriter into) {
        fields.forEach(
                (name, value) -> {
                    into.shortText(name);
                    write(value, into);
                });
    }

    static void write(Value value, WireWriter into) {
        switch (value) {
            case Value.Text(Octets octets) -> {
                into.u8('S');
                into.longOctets(octets);
            }
            case Value.Bytes(Octets octets) -> {
                into.u8('x');
                into.longOctets(octets);
            }
            case Value.Bool(boolean set) -> {
                into.u8('t');
                into.u8(set ? 1 : 0);
            }
            case Value.Whole whole -> write(whole, into);
            case Value.Float32(float number) -> {
                into.u8('f');
                into.u32(Float.floatToRawIntBits(number));
            }
            case Value.Float64(double number) -> {
                into.u8('d');
                into.i64(Double.doubleToRawLongBits(number));
            }
            case Value.Decimal(int scale, long unscaled) -> {
                into.u8('D');
                into.u8(scale);
                into.u32(unscaled);
            }
            case Value.Timestamp(long seconds) -> {
                into.u8('T');
                into.i64(seconds);
            }
            case Value.Array array -> {
                into.u8('A');
                int size = into.beginSized();
                array.values().forEach(item -> write(item, into));
                into.endSized(size);
            }
            case Value.Nothing() -> into.u8('V');
            case Table table -> {
                into.u8('F');
                write(table, into);
            }
        }
    }

    private static void write(Value.Whole whole, WireWriter into) {
        into.u8(whole.width().type());
        switch (whole.width()) {
            case INT8, UINT8 -> into.u8((int) whole.value());
            case INT16, UINT16 -> into.u16((int) whole.value());
            case INT32, UINT32 -> into.u32(whole.value());
            case INT64, UINT64 -> into.i64(whole.value());
        }
    }
}
