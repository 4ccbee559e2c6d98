package io.sluice.schema.protobuf;

import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.FileDescriptor;
import io.sluice.base.Varint;
import io.sluice.schema.InvalidValueException;
import java.nio.ByteBuffer;
import java.util.List;

/// Which message of a text a value is, as it stands between a schema's id and the value: how many indexes, and those, each a zigzag number; the first
/// is one among the text's messages, every further one among those within. A zero alone means the first message.
final class MessageIndexes {
    private static final int DEPTH_MAX = 64;

    private MessageIndexes() {}

    /// @param payload its position moves behind the indexes
    static Descriptor read(FileDescriptor file, ByteBuffer payload) throws InvalidValueException {
        long count = number(payload);
        if (count < 0 || count > DEPTH_MAX) {
            throw new InvalidValueException(count + " message indexes");
        }
        if (count == 0) {
            return file.getMessageTypes().getFirst();
        }
        var message = at(file.getMessageTypes(), number(payload));
        for (long i = 1; i < count; i++) {
            message = at(message.getNestedTypes(), number(payload));
        }
        return message;
    }

    private static Descriptor at(List<Descriptor> messages, long index)
            throws InvalidValueException {
        if (index < 0 || index >= messages.size()) {
            throw new InvalidValueException("message index " + index + " of " + messages.size());
        }
        return messages.get((int) index);
    }

    private static long number(ByteBuffer bytes) throws InvalidValueException {
        try {
            return Varint.read(bytes);
        } catch (IllegalArgumentException short_) {
            throw new InvalidValueException("message indexes that end too early");
        }
    }
}
