package io.sluice.schema.protobuf;

import com.google.protobuf.AnyProto;
import com.google.protobuf.ApiProto;
import com.google.protobuf.DescriptorProtos;
import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.DescriptorValidationException;
import com.google.protobuf.Descriptors.FileDescriptor;
import com.google.protobuf.DurationProto;
import com.google.protobuf.EmptyProto;
import com.google.protobuf.FieldMaskProto;
import com.google.protobuf.SourceContextProto;
import com.google.protobuf.StructProto;
import com.google.protobuf.TimestampProto;
import com.google.protobuf.TypeProto;
import com.google.protobuf.WrappersProto;
import io.sluice.broker.policy.SchemaPolicy;
import io.sluice.schema.CompiledSchema;
import io.sluice.schema.InvalidSchemaException;
import io.sluice.schema.InvalidValueException;
import io.sluice.schema.SchemaSource;
import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// A `.proto` text. A value that names its schema says which of the text's messages it is; one that does not is the first of them.
public final class ProtobufSchema implements CompiledSchema {
    /// What everybody may import without saying where it comes from.
    private static final Map<String, FileDescriptor> WELL_KNOWN =
            Stream.of(
                            AnyProto.getDescriptor(),
                            ApiProto.getDescriptor(),
                            DescriptorProtos.getDescriptor(),
                            DurationProto.getDescriptor(),
                            EmptyProto.getDescriptor(),
                            FieldMaskProto.getDescriptor(),
                            SourceContextProto.getDescriptor(),
                            StructProto.getDescriptor(),
                            TimestampProto.getDescriptor(),
                            TypeProto.getDescriptor(),
                            WrappersProto.getDescriptor())
                    .collect(Collectors.toUnmodifiableMap(FileDescriptor::getName, file -> file));

    private final FileDescriptor file;

    private ProtobufSchema(FileDescriptor file) {
        this.file = file;
    }

    /// @throws InvalidSchemaException if a text is no `.proto`, has no message, or imports what is not among the references
    public static ProtobufSchema of(SchemaSource source) throws InvalidSchemaException {
        var known = new HashMap<>(WELL_KNOWN);
        for (var reference : source.references()) {
            known.put(reference.name(), linked(reference.name(), reference.text(), known));
        }
        var file = linked("", source.text(), known);
        if (file.getMessageTypes().isEmpty()) {
            throw new InvalidSchemaException("a .proto text without a message says nothing");
        }
        return new ProtobufSchema(file);
    }

    private static FileDescriptor linked(
            String name, String text, Map<String, FileDescriptor> known)
            throws InvalidSchemaException {
        var parsed = ProtoParser.parse(name, text);
        var imports = new FileDescriptor[parsed.getDependencyCount()];
        for (int i = 0; i < imports.length; i++) {
            var imported = known.get(parsed.getDependency(i));
            if (imported == null) {
                throw new InvalidSchemaException(
                        "imports "
                                + parsed.getDependency(i)
                                + ", which is not among its references");
            }
            imports[i] = imported;
        }
        try {
            return FileDescriptor.buildFrom(parsed, imports);
        } catch (DescriptorValidationException | IllegalArgumentException wrong) {
            throw new InvalidSchemaException("not a .proto text: " + wrong.getMessage());
        }
    }

    @Override
    public SchemaPolicy.Type type() {
        return SchemaPolicy.Type.PROTOBUF;
    }

    @Override
    public String canonical() {
        return file.toProto().toString();
    }

    @Override
    public Optional<String> problem(ByteBuffer value) {
        return problem(file.getMessageTypes().getFirst(), value.duplicate());
    }

    @Override
    public Optional<String> framedProblem(ByteBuffer payload) {
        var asInText = framedProblem(payload.duplicate(), false);
        return asInText.isEmpty() || framedProblem(payload.duplicate(), true).isEmpty()
                ? Optional.empty()
                : asInText;
    }

    private Optional<String> framedProblem(ByteBuffer rest, boolean entriesCount) {
        try {
            return problem(MessageIndexes.read(file, entriesCount, rest), rest);
        } catch (InvalidValueException unfit) {
            return Optional.of(String.valueOf(unfit.getMessage()));
        }
    }

    private static Optional<String> problem(Descriptor message, ByteBuffer value) {
        try {
            ProtobufWire.check(message, value);
            return Optional.empty();
        } catch (InvalidValueException unfit) {
            return Optional.of("as " + message.getFullName() + ": " + unfit.getMessage());
        }
    }

    @Override
    public List<String> cannotRead(CompiledSchema writer) {
        return new ProtobufCompatibility(file, ((ProtobufSchema) writer).file).found();
    }
}
