package io.sluice.server.definitions;

import io.sluice.admin.json.JsonObject;
import io.sluice.admin.sluice.Problem;
import io.sluice.broker.policy.SchemaPolicy;
import io.sluice.schema.registry.Registry;
import io.sluice.schema.registry.SchemaDraft;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/// One version of a subject: `{type, schema}` or `{type, file}`. Registered before, it is the same version.
///
/// @param definitions the file that it stands in: another one is named from there
record SchemaDefinition(Path definitions, JsonObject wish) {
    CompletableFuture<?> register(Registry registry, String subject) {
        return registry.register(subject, new SchemaDraft(type(), text(), List.of()));
    }

    private SchemaPolicy.Type type() {
        return switch (wish.text("type").orElse("")) {
            case "json" -> SchemaPolicy.Type.JSON;
            case "avro" -> SchemaPolicy.Type.AVRO;
            case "protobuf" -> SchemaPolicy.Type.PROTOBUF;
            default -> throw Problem.INVALID.ends("'type' must be json, avro or protobuf");
        };
    }

    private String text() {
        var file = wish.text("file");
        if (file.isPresent() == wish.has("schema")) {
            throw Problem.INVALID.ends("a schema has either 'schema' or 'file'");
        }
        return file.map(this::content).orElseGet(this::inline);
    }

    private String inline() {
        return wish.text("schema")
                .or(() -> wish.child("schema").map(JsonObject::text))
                .orElseThrow(() -> Problem.INVALID.ends("'schema' must be a string or an object"));
    }

    private String content(String name) {
        var file = definitions.resolveSibling(name);
        try {
            return Files.readString(file);
        } catch (IOException unreadable) {
            throw Problem.INVALID.ends("'file' cannot be read: " + file);
        }
    }
}
