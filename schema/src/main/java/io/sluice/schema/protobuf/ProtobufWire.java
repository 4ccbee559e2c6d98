package io.sluice.schema.protobuf;

import com.google.protobuf.CodedInputStream;
import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.WireFormat;
import io.sluice.schema.InvalidValueException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.Set;

/// Walks over a message's bytes. Stricter than a parser, which keeps what it does not understand: a field that the message has must be there in its own
/// wire type. Fields that it does not have pass, as later versions of it may have them.
final class ProtobufWire {
    private static final int DEPTH_MAX = 100;

    private final CodedInputStream in;

    private ProtobufWire(ByteBuffer bytes) {
        this.in = CodedInputStream.newInstance(bytes);
    }

    static void check(Descriptor message, ByteBuffer value) throws InvalidValueException {
        try {
            new ProtobufWire(value).fields(message, 0, 0);
        } catch (IOException malformed) {
            throw new InvalidValueException(String.valueOf(malformed.getMessage()));
        }
    }

    /// @param group the number of the group that these fields are in; 0: they go to the end
    private void fields(Descriptor message, int group, int depth)
            throws IOException, InvalidValueException {
        if (depth > DEPTH_MAX) {
            throw new InvalidValueException("nested deeper than " + DEPTH_MAX);
        }
        var seen = new HashSet<FieldDescriptor>();
        for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
            int number = WireFormat.getTagFieldNumber(tag);
            if (WireFormat.getTagWireType(tag) == WireFormat.WIRETYPE_END_GROUP) {
                if (number != group || group == 0) {
                    throw new InvalidValueException("a group ends that did not begin");
                }
                required(message, seen);
                return;
            }
            var field = message.findFieldByNumber(number);
            if (field == null) {
                in.skipField(tag);
            } else {
                field(field, WireFormat.getTagWireType(tag), depth);
                if (field.isRequired()) {
                    seen.add(field);
                }
            }
        }
        if (group != 0) {
            throw new InvalidValueException("a group does not end");
        }
        required(message, seen);
    }

    private static void required(Descriptor message, Set<FieldDescriptor> seen)
            throws InvalidValueException {
        for (var field : message.getFields()) {
            if (field.isRequired() && !seen.contains(field)) {
                throw new InvalidValueException("is required").within(field.getName());
            }
        }
    }

    private void field(FieldDescriptor field, int wireType, int depth)
            throws IOException, InvalidValueException {
        try {
            if (wireType == field.getLiteType().getWireType()) {
                value(field, depth);
            } else if (field.isPackable() && wireType == WireFormat.WIRETYPE_LENGTH_DELIMITED) {
                int limit = in.pushLimit(length());
                while (in.getBytesUntilLimit() > 0) {
                    value(field, depth);
                }
                in.popLimit(limit);
            } else {
                throw new InvalidValueException(
                        "a " + field.getType() + " cannot have the wire type " + wireType);
            }
        } catch (InvalidValueException unfit) {
            throw unfit.within(field.getName());
        }
    }

    private void value(FieldDescriptor field, int depth) throws IOException, InvalidValueException {
        switch (field.getType()) {
            case DOUBLE, FIXED64, SFIXED64 -> in.skipRawBytes(Long.BYTES);
            case FLOAT, FIXED32, SFIXED32 -> in.skipRawBytes(Integer.BYTES);
            case INT64, UINT64, INT32, BOOL, UINT32, ENUM, SINT32, SINT64 -> in.readRawVarint64();
            case BYTES -> in.skipRawBytes(length());
            case STRING -> text();
            case GROUP -> fields(field.getMessageType(), field.getNumber(), depth + 1);
            case MESSAGE -> {
                int limit = in.pushLimit(length());
                fields(field.getMessageType(), 0, depth + 1);
                in.popLimit(limit);
            }
        }
    }

    private void text() throws IOException, InvalidValueException {
        int length = length();
        try {
            StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(in.readRawBytes(length)));
        } catch (CharacterCodingException notUtf8) {
            throw new InvalidValueException("a string that is not UTF-8");
        }
    }

    private int length() throws IOException, InvalidValueException {
        int length = in.readRawVarint32();
        int left = in.getBytesUntilLimit();
        if (length < 0 || (left >= 0 && length > left)) {
            throw new InvalidValueException(length + " bytes are needed, " + left + " are left");
        }
        return length;
    }
}
