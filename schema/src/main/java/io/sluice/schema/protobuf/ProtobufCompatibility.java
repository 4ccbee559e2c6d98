package io.sluice.schema.protobuf;

import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Descriptors.FileDescriptor;
import com.google.protobuf.Descriptors.OneofDescriptor;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/// Whether messages that were written with one text can be read with another: fields with the same number must be the same on the wire. Fields that
/// come and go do no harm, unless they are required.
final class ProtobufCompatibility {
    private final FileDescriptor reader;
    private final FileDescriptor writer;
    private final List<String> found = new ArrayList<>();
    private final Set<String> compared = new HashSet<>();

    ProtobufCompatibility(FileDescriptor reader, FileDescriptor writer) {
        this.reader = reader;
        this.writer = writer;
    }

    List<String> found() {
        if (!reader.getPackage().equals(writer.getPackage())) {
            found.add("the package differs");
        }
        for (var written : writer.getMessageTypes()) {
            var read = reader.findMessageTypeByName(written.getName());
            if (read == null) {
                found.add("the message " + written.getName() + " is gone");
            } else {
                compare(read, written);
            }
        }
        return List.copyOf(found);
    }

    private void compare(Descriptor read, Descriptor written) {
        if (!compared.add(read.getFullName() + " " + written.getFullName())) {
            return;
        }
        for (var field : written.getFields()) {
            var now = read.findFieldByNumber(field.getNumber());
            if (now != null) {
                compare(now, field);
            } else if (field.getRealContainingOneof() != null
                    && read.getRealOneofs().stream()
                            .anyMatch(one -> one.getName().equals(oneof(field).getName()))) {
                add(read, field, "is gone from its oneof");
            }
        }
        for (var field : read.getFields()) {
            var before = written.findFieldByNumber(field.getNumber());
            if (field.isRequired() && (before == null || !before.isRequired())) {
                add(read, field, "is required now");
            }
        }
        read.getRealOneofs().forEach(oneof -> moved(oneof, written));
        for (var nested : written.getNestedTypes()) {
            var now = read.findNestedTypeByName(nested.getName());
            if (now != null) {
                compare(now, nested);
            }
        }
    }

    /// Fields that could be there together before would push each other out.
    private void moved(OneofDescriptor oneof, Descriptor written) {
        long moved =
                oneof.getFields().stream()
                        .map(field -> written.findFieldByNumber(field.getNumber()))
                        .filter(before -> before != null && before.getRealContainingOneof() == null)
                        .count();
        long kept =
                oneof.getFields().stream()
                        .map(field -> written.findFieldByNumber(field.getNumber()))
                        .filter(before -> before != null && before.getRealContainingOneof() != null)
                        .count();
        if (moved > 1 || (moved == 1 && kept > 0)) {
            found.add(oneof.getFullName() + ": fields have moved into it");
        }
    }

    private static OneofDescriptor oneof(FieldDescriptor field) {
        var oneof = field.getRealContainingOneof();
        assert oneof != null : "asked before: " + field;
        return oneof;
    }

    private void compare(FieldDescriptor read, FieldDescriptor written) {
        var message = read.getContainingType();
        if (kind(read) != kind(written)) {
            add(message, read, "was " + written.getType() + " and is " + read.getType());
            return;
        }
        if (read.isRepeated() != written.isRepeated() && kind(read) != Kind.BYTES) {
            add(message, read, "was repeated, or is now");
        }
        if (kind(read) == Kind.MESSAGE || kind(read) == Kind.GROUP) {
            compare(read.getMessageType(), written.getMessageType());
        }
    }

    private void add(Descriptor message, FieldDescriptor field, String what) {
        found.add(
                message.getFullName()
                        + "."
                        + field.getName()
                        + " ("
                        + field.getNumber()
                        + ") "
                        + what);
    }

    /// Types that mean the same by the same bytes.
    private enum Kind {
        VARINT,
        ZIGZAG,
        FIXED32,
        FIXED64,
        FLOAT,
        DOUBLE,
        BYTES,
        MESSAGE,
        GROUP
    }

    private static Kind kind(FieldDescriptor field) {
        return switch (field.getType()) {
            case INT32, INT64, UINT32, UINT64, BOOL, ENUM -> Kind.VARINT;
            case SINT32, SINT64 -> Kind.ZIGZAG;
            case FIXED32, SFIXED32 -> Kind.FIXED32;
            case FIXED64, SFIXED64 -> Kind.FIXED64;
            case FLOAT -> Kind.FLOAT;
            case DOUBLE -> Kind.DOUBLE;
            case STRING, BYTES -> Kind.BYTES;
            case MESSAGE -> Kind.MESSAGE;
            case GROUP -> Kind.GROUP;
        };
    }
}
