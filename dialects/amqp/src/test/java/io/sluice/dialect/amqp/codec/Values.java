package io.sluice.dialect.amqp.codec;

import io.sluice.base.Rng;
import io.sluice.dialect.amqp.codec.Value.Width;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;

/// Random values of all types.
final class Values {
    private static final List<Width> WIDTHS = List.of(Width.values());

    private Values() {}

    static Table table(Rng rng, int depth) {
        var fields = new LinkedHashMap<String, Value>();
        for (int i = rng.below(6); i > 0; i--) {
            fields.put(text(rng), value(rng, depth));
        }
        return new Table(fields);
    }

    static Value value(Rng rng, int depth) {
        return switch (rng.below(depth > 0 ? 11 : 9)) {
            case 0 -> Value.text(text(rng));
            case 1 -> new Value.Text(octets(rng));
            case 2 -> new Value.Bytes(octets(rng));
            case 3 -> Value.bool(rng.chance(50));
            case 4 -> whole(rng);
            case 5 -> new Value.Float32((float) rng.nextLong() / 1000);
            case 6 -> new Value.Float64((double) rng.nextLong() / 1000);
            case 7 -> new Value.Decimal(rng.below(256), rng.between(0, 0xFFFF_FFFFL));
            case 8 ->
                    rng.chance(50)
                            ? new Value.Timestamp(rng.below(2_000_000_000))
                            : new Value.Nothing();
            case 9 -> table(rng, depth - 1);
            default -> array(rng, depth - 1);
        };
    }

    private static Value array(Rng rng, int depth) {
        var values = new ArrayList<Value>();
        for (int i = rng.below(5); i > 0; i--) {
            values.add(value(rng, depth));
        }
        return new Value.Array(values);
    }

    private static Value whole(Rng rng) {
        var width = WIDTHS.get(rng.below(WIDTHS.size()));
        long bits = rng.nextLong();
        long value =
                switch (width) {
                    case INT8 -> (byte) bits;
                    case UINT8 -> bits & 0xFF;
                    case INT16 -> (short) bits;
                    case UINT16 -> bits & 0xFFFF;
                    case INT32 -> (int) bits;
                    case UINT32 -> bits & 0xFFFF_FFFFL;
                    case INT64, UINT64 -> bits;
                };
        return new Value.Whole(width, value);
    }

    static String text(Rng rng) {
        var text = new StringBuilder();
        for (int i = rng.below(12); i > 0; i--) {
            text.append(
                    rng.chance(80) ? (char) rng.between(' ', '~') : (char) rng.between(0, 0x7FF));
        }
        return text.toString();
    }

    private static Octets octets(Rng rng) {
        return Octets.of(ByteBuffer.wrap(rng.bytes(rng.below(20))));
    }
}
