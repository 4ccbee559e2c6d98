package io.sluice.schema.avro;

import io.sluice.schema.InvalidValueException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import org.apache.avro.Schema;

/// Walks over a value in Avro's binary encoding. Nothing is built: a length or a count that the value claims is only compared with what is left of it.
final class AvroBinary {
    private static final int DEPTH_MAX = 128;

    /// What takes no bytes, such as an array of nulls, is bounded by this.
    private static final int STEPS_MAX = 1_000_000;

    private static final int VARINT_BITS_MAX = 63;

    private final ByteBuffer in;
    private int stepsLeft = STEPS_MAX;

    private AvroBinary(ByteBuffer in) {
        this.in = in;
    }

    static void check(Schema schema, ByteBuffer value) throws InvalidValueException {
        var walk = new AvroBinary(value.duplicate());
        walk.value(schema, 0);
        if (walk.in.hasRemaining()) {
            throw new InvalidValueException(walk.in.remaining() + " bytes behind the value");
        }
    }

    private void value(Schema schema, int depth) throws InvalidValueException {
        if (depth > DEPTH_MAX) {
            throw new InvalidValueException("nested deeper than " + DEPTH_MAX);
        }
        if (--stepsLeft < 0) {
            throw new InvalidValueException("more than " + STEPS_MAX + " parts");
        }
        switch (schema.getType()) {
            case NULL -> {}
            case BOOLEAN -> bool();
            case INT -> integer();
            case LONG -> number();
            case FLOAT -> skip(Float.BYTES);
            case DOUBLE -> skip(Double.BYTES);
            case BYTES -> skip(number());
            case STRING -> text();
            case FIXED -> skip(schema.getFixedSize());
            case ENUM -> within(number(), schema.getEnumSymbols().size(), "symbol");
            case RECORD -> fields(schema, depth);
            case ARRAY -> blocks(schema.getElementType(), false, depth);
            case MAP -> blocks(schema.getValueType(), true, depth);
            case UNION -> {
                var branches = schema.getTypes();
                value(branches.get(within(number(), branches.size(), "branch")), depth + 1);
            }
        }
    }

    private void fields(Schema record, int depth) throws InvalidValueException {
        for (var field : record.getFields()) {
            try {
                value(field.schema(), depth + 1);
            } catch (InvalidValueException unfit) {
                throw unfit.within(field.name());
            }
        }
    }

    /// Blocks of items until one of none; a negative count is followed by the block's size in bytes.
    private void blocks(Schema item, boolean keys, int depth) throws InvalidValueException {
        for (long count = number(); count != 0; count = number()) {
            if (count < 0) {
                count = -count;
                long bytes = number();
                if (bytes < 0 || bytes > in.remaining()) {
                    throw new InvalidValueException("a block of " + bytes + " bytes");
                }
            }
            if (count < 0 || count > stepsLeft) {
                throw new InvalidValueException("more than " + STEPS_MAX + " parts");
            }
            for (long i = 0; i < count; i++) {
                if (keys) {
                    text();
                }
                value(item, depth + 1);
            }
        }
    }

    private void bool() throws InvalidValueException {
        need(1);
        byte value = in.get();
        if (value != 0 && value != 1) {
            throw new InvalidValueException("a boolean of " + value);
        }
    }

    private void integer() throws InvalidValueException {
        long value = number();
        if (value != (int) value) {
            throw new InvalidValueException(value + " is no int");
        }
    }

    private static int within(long index, int size, String what) throws InvalidValueException {
        if (index < 0 || index >= size) {
            throw new InvalidValueException(what + " " + index + " of " + size);
        }
        return (int) index;
    }

    private void text() throws InvalidValueException {
        long length = number();
        need(length);
        var bytes = in.slice(in.position(), (int) length);
        skip(length);
        try {
            StandardCharsets.UTF_8.newDecoder().decode(bytes);
        } catch (CharacterCodingException notUtf8) {
            throw new InvalidValueException("a string that is not UTF-8");
        }
    }

    private void skip(long bytes) throws InvalidValueException {
        need(bytes);
        in.position(in.position() + (int) bytes);
    }

    private void need(long bytes) throws InvalidValueException {
        if (bytes < 0 || bytes > in.remaining()) {
            throw new InvalidValueException(
                    bytes + " bytes are needed, " + in.remaining() + " are left");
        }
    }

    /// A whole number, zigzag, seven bits a byte.
    private long number() throws InvalidValueException {
        long bits = 0;
        for (int shift = 0; shift <= VARINT_BITS_MAX; shift += 7) {
            need(1);
            byte next = in.get();
            bits |= (next & 0x7FL) << shift;
            if (next >= 0) {
                return (bits >>> 1) ^ -(bits & 1);
            }
        }
        throw new InvalidValueException("a number of more than 64 bits");
    }
}
