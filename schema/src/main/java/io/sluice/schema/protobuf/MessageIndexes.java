package io.sluice.schema.protobuf;

import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.FileDescriptor;
import io.sluice.base.Varint;
import io.sluice.schema.InvalidValueException;
import java.nio.ByteBuffer;
import java.util.List;

/// Which message of a text a value is, as it stands between a schema's id and the value: how many indexes, and those, each a zigzag number; the first
/// is one among the text's messages, every further one among those within. A zero alone means the first message.
///
/// Libraries do not agree on what counts: those that look at the text do not see the messages that maps are made of, those that look at descriptors do.
final class MessageIndexes {
    private static final int DEPTH_MAX = 64;

    private MessageIndexes() {}

    /// @param entriesCount whether the messages that maps are made of do
    /// @param payload its position moves behind the indexes
    static Descriptor read(FileDescriptor file, boolean entriesCount, ByteBuffer payload)
            throws InvalidValueException {
        long count = number(payload);
        if (count < 0 || count > DEPTH_MAX) {
            throw new InvalidValueException(count + " message indexes");
        }
        if (count == 0) {
            return file.getMessageTypes().getFirst();
        }
        var message = at(file.getMessageTypes(), number(payload));
        for (long i = 1; i < count; i++) {
            message = at(nested(message, entriesCount), number(payload));
        }
        return message;
    }

    private static List<Descriptor> nested(Descriptor message, boolean entriesCount) {
        return entriesCount
                ? message.getNestedTypes()
                : message.getNestedTypes().stream()
                        .filter(type -> !type.getOptions().getMapEntry())
                        .toList();
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
