package io.sluice.dialect.amqp.codec;

import java.util.List;

/// One value of a field table, of the types that RabbitMQ knows. Values of different widths are different values; their [Json] texts are
/// equal when they mean the same.
public sealed interface Value
        permits Value.Text,
                Value.Bytes,
                Value.Bool,
                Value.Whole,
                Value.Float32,
                Value.Float64,
                Value.Decimal,
                Value.Timestamp,
                Value.Array,
                Value.Nothing,
                Table {

    /// `S`: mostly text, but any bytes are allowed.
    record Text(Octets octets) implements Value {
        public Text(String text) {
            this(Octets.of(text));
        }
    }

    /// `x`.
    record Bytes(Octets octets) implements Value {}

    /// `t`.
    record Bool(boolean value) implements Value {}

    /// A whole number.
    ///
    /// @param value of `L` read as signed, whose numbers from 2^63 on are negative here
    record Whole(Width width, long value) implements Value {
        public Whole {
            if (!width.holds(value)) {
                throw new IllegalArgumentException(value + " does not fit " + width);
            }
        }
    }

    /// `f`.
    record Float32(float value) implements Value {}

    /// `d`.
    record Float64(double value) implements Value {}

    /// `D`: `unscaled` divided by ten to the power of `scale`.
    ///
    /// @param scale u8
    /// @param unscaled u32
    record Decimal(int scale, long unscaled) implements Value {}

    /// `T`, seconds since 1970 UTC.
    record Timestamp(long seconds) implements Value {}

    /// `A`.
    record Array(List<Value> values) implements Value {
        public Array {
            values = List.copyOf(values);
        }
    }

    /// `V`.
    record Nothing() implements Value {}

    /// How a whole number is written.
    enum Width {
        INT8('b', Byte.MIN_VALUE, Byte.MAX_VALUE),
        UINT8('B', 0, 0xFF),
        INT16('s', Short.MIN_VALUE, Short.MAX_VALUE),
        UINT16('u', 0, 0xFFFF),
        INT32('I', Integer.MIN_VALUE, Integer.MAX_VALUE),
        UINT32('i', 0, 0xFFFF_FFFFL),
        INT64('l', Long.MIN_VALUE, Long.MAX_VALUE),
        UINT64('L', Long.MIN_VALUE, Long.MAX_VALUE);

        private final byte type;
        private final long least;
        private final long most;

        Width(char type, long least, long most) {
            this.type = (byte) type;
            this.least = least;
            this.most = most;
        }

        byte type() {
            return type;
        }

        boolean holds(long value) {
            return value >= least && value <= most;
        }
    }

    static Value text(String text) {
        return new Text(text);
    }

    /// A 64-bit signed number, the form that every client reads.
    static Value number(long value) {
        return new Whole(Width.INT64, value);
    }

    static Value bool(boolean value) {
        return new Bool(value);
    }
}
