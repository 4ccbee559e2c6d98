package io.sluice.schema.protobuf;

import com.google.protobuf.DescriptorProtos.DescriptorProto;
import com.google.protobuf.DescriptorProtos.EnumDescriptorProto;
import com.google.protobuf.DescriptorProtos.EnumValueDescriptorProto;
import com.google.protobuf.DescriptorProtos.FieldDescriptorProto;
import com.google.protobuf.DescriptorProtos.FieldDescriptorProto.Label;
import com.google.protobuf.DescriptorProtos.FileDescriptorProto;
import com.google.protobuf.DescriptorProtos.MessageOptions;
import com.google.protobuf.DescriptorProtos.OneofDescriptorProto;
import io.sluice.schema.InvalidSchemaException;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/// Reads a `.proto` text of syntax proto2 or proto3 as far as it says how messages look on the wire: messages, enumerations, fields. Options, services
/// and extensions are passed over.
final class ProtoParser {
    private static final int DEPTH_MAX = 32;
    private static final int NUMBER_MAX = (1 << 29) - 1;
    private static final int RESERVED_FIRST = 19_000;
    private static final int RESERVED_LAST = 19_999;

    private static final Map<String, FieldDescriptorProto.Type> SCALARS = new TreeMap<>();

    static {
        for (var type : FieldDescriptorProto.Type.values()) {
            if (type != FieldDescriptorProto.Type.TYPE_MESSAGE
                    && type != FieldDescriptorProto.Type.TYPE_ENUM
                    && type != FieldDescriptorProto.Type.TYPE_GROUP) {
                SCALARS.put(type.name().substring("TYPE_".length()).toLowerCase(Locale.ROOT), type);
            }
        }
    }

    private final ProtoTokens tokens;
    private final FileDescriptorProto.Builder file;

    private ProtoParser(String name, String text) throws InvalidSchemaException {
        this.tokens = new ProtoTokens(text);
        this.file = FileDescriptorProto.newBuilder().setName(name);
    }

    /// @param name how others import it
    /// @throws InvalidSchemaException if the text is none
    static FileDescriptorProto parse(String name, String text) throws InvalidSchemaException {
        return new ProtoParser(name, text).file();
    }

    private FileDescriptorProto file() throws InvalidSchemaException {
        if (tokens.peek().equals("edition")) {
            throw tokens.wrong("editions are not understood, only proto2 and proto3");
        }
        if (tokens.took("syntax")) {
            tokens.need("=");
            var syntax = tokens.quoted();
            if (!syntax.equals("proto2") && !syntax.equals("proto3")) {
                throw tokens.wrong("the syntax is proto2 or proto3");
            }
            file.setSyntax(syntax);
            tokens.need(";");
        }
        while (!tokens.isAtEnd()) {
            topLevel(tokens.take());
        }
        return file.build();
    }

    private void topLevel(String word) throws InvalidSchemaException {
        switch (word) {
            case ";" -> {}
            case "package" -> {
                file.setPackage(tokens.name());
                tokens.need(";");
            }
            case "import" -> {
                boolean isPublic = tokens.took("public");
                if (!isPublic) {
                    tokens.took("weak");
                }
                file.addDependency(tokens.quoted());
                if (isPublic) {
                    file.addPublicDependency(file.getDependencyCount() - 1);
                }
                tokens.need(";");
            }
            case "option" -> tokens.skipStatement();
            case "message" -> file.addMessageType(message(0));
            case "enum" -> file.addEnumType(enumeration());
            case "service", "extend" -> skipBlock();
            default -> throw tokens.wrong("'" + word + "' begins nothing");
        }
    }

    private void skipBlock() throws InvalidSchemaException {
        tokens.name();
        tokens.need("{");
        tokens.skipClosed("{", "}");
    }

    private DescriptorProto message(int depth) throws InvalidSchemaException {
        if (depth > DEPTH_MAX) {
            throw tokens.wrong("messages are nested deeper than " + DEPTH_MAX);
        }
        var message = DescriptorProto.newBuilder().setName(tokens.name());
        body(message, depth);
        return message.build();
    }

    private void body(DescriptorProto.Builder message, int depth) throws InvalidSchemaException {
        tokens.need("{");
        while (!tokens.took("}")) {
            var word = tokens.take();
            switch (word) {
                case ";" -> {}
                case "option", "reserved", "extensions" -> tokens.skipStatement();
                case "message" -> message.addNestedType(message(depth + 1));
                case "enum" -> message.addEnumType(enumeration());
                case "extend" -> skipBlock();
                case "oneof" -> oneof(message, depth);
                case "optional", "required", "repeated" ->
                        field(message, tokens.take(), label(word), -1, depth);
                default -> field(message, word, Label.LABEL_OPTIONAL, -1, depth);
            }
        }
    }

    private static Label label(String word) {
        return switch (word) {
            case "required" -> Label.LABEL_REQUIRED;
            case "repeated" -> Label.LABEL_REPEATED;
            default -> Label.LABEL_OPTIONAL;
        };
    }

    private void oneof(DescriptorProto.Builder message, int depth) throws InvalidSchemaException {
        int index = message.getOneofDeclCount();
        message.addOneofDecl(OneofDescriptorProto.newBuilder().setName(tokens.name()));
        tokens.need("{");
        while (!tokens.took("}")) {
            var word = tokens.take();
            switch (word) {
                case ";" -> {}
                case "option" -> tokens.skipStatement();
                default -> field(message, word, Label.LABEL_OPTIONAL, index, depth);
            }
        }
    }

    private void field(
            DescriptorProto.Builder message, String type, Label label, int oneof, int depth)
            throws InvalidSchemaException {
        if (type.equals("map") && tokens.peek().equals("<")) {
            map(message);
            return;
        }
        if (type.equals("group")) {
            group(message, label, oneof, depth);
            return;
        }
        var field = FieldDescriptorProto.newBuilder().setLabel(label);
        typed(field, type);
        field.setName(tokens.name()).setNumber(fieldNumber());
        if (oneof >= 0) {
            field.setOneofIndex(oneof);
        }
        endOfField();
        message.addField(field);
    }

    private void typed(FieldDescriptorProto.Builder field, String type)
            throws InvalidSchemaException {
        var scalar = SCALARS.get(type);
        if (scalar != null) {
            field.setType(scalar);
        } else if (type.isEmpty()
                || (!Character.isLetter(type.charAt(0)) && "_.".indexOf(type.charAt(0)) < 0)) {
            throw tokens.wrong("'" + type + "' is no type");
        } else {
            // A message or an enumeration: that shows when it is linked.
            field.setTypeName(type);
        }
    }

    private int fieldNumber() throws InvalidSchemaException {
        tokens.need("=");
        int number = tokens.number();
        boolean isReserved = number >= RESERVED_FIRST && number <= RESERVED_LAST;
        if (number < 1 || number > NUMBER_MAX || isReserved) {
            throw tokens.wrong("a field cannot have the number " + number);
        }
        return number;
    }

    private void endOfField() throws InvalidSchemaException {
        if (tokens.took("[")) {
            tokens.skipClosed("[", "]");
        }
        tokens.need(";");
    }

    /// A repeated message of a key and a value.
    private void map(DescriptorProto.Builder message) throws InvalidSchemaException {
        tokens.need("<");
        var key = FieldDescriptorProto.newBuilder().setName("key").setNumber(1);
        typed(key, tokens.take());
        tokens.need(",");
        var value = FieldDescriptorProto.newBuilder().setName("value").setNumber(2);
        typed(value, tokens.take());
        tokens.need(">");
        var name = tokens.name();
        var entry = entryName(name);
        message.addNestedType(
                DescriptorProto.newBuilder()
                        .setName(entry)
                        .setOptions(MessageOptions.newBuilder().setMapEntry(true))
                        .addField(key.setLabel(Label.LABEL_OPTIONAL))
                        .addField(value.setLabel(Label.LABEL_OPTIONAL)));
        message.addField(
                FieldDescriptorProto.newBuilder()
                        .setName(name)
                        .setNumber(fieldNumber())
                        .setLabel(Label.LABEL_REPEATED)
                        .setTypeName(entry));
        endOfField();
    }

    private static String entryName(String field) {
        var name = new StringBuilder();
        boolean isStart = true;
        for (int i = 0; i < field.length(); i++) {
            char c = field.charAt(i);
            if (c != '_') {
                name.append(isStart ? Character.toUpperCase(c) : c);
            }
            isStart = c == '_';
        }
        return name.append("Entry").toString();
    }

    private void group(DescriptorProto.Builder message, Label label, int oneof, int depth)
            throws InvalidSchemaException {
        if (depth > DEPTH_MAX) {
            throw tokens.wrong("messages are nested deeper than " + DEPTH_MAX);
        }
        var name = tokens.name();
        var field =
                FieldDescriptorProto.newBuilder()
                        .setName(name.toLowerCase(Locale.ROOT))
                        .setLabel(label)
                        .setType(FieldDescriptorProto.Type.TYPE_GROUP)
                        .setTypeName(name)
                        .setNumber(fieldNumber());
        if (oneof >= 0) {
            field.setOneofIndex(oneof);
        }
        if (tokens.took("[")) {
            tokens.skipClosed("[", "]");
        }
        var group = DescriptorProto.newBuilder().setName(name);
        body(group, depth + 1);
        message.addNestedType(group).addField(field);
    }

    private EnumDescriptorProto enumeration() throws InvalidSchemaException {
        var enumeration = EnumDescriptorProto.newBuilder().setName(tokens.name());
        tokens.need("{");
        while (!tokens.took("}")) {
            var word = tokens.take();
            switch (word) {
                case ";" -> {}
                case "option", "reserved" -> tokens.skipStatement();
                default -> {
                    tokens.need("=");
                    enumeration.addValue(
                            EnumValueDescriptorProto.newBuilder()
                                    .setName(word)
                                    .setNumber(tokens.number()));
                    endOfField();
                }
            }
        }
        return enumeration.build();
    }
}
