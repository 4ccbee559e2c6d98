package io.sluice.server.definitions;

import io.sluice.admin.json.Json;
import io.sluice.admin.json.JsonObject;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;
import org.snakeyaml.engine.v2.nodes.Tag;

/// YAML as the JSON that the admin API would be sent.
final class YamlJson {
    private final DefinitionsFile file;

    YamlJson(DefinitionsFile file) {
        this.file = file;
    }

    JsonObject object(MappingNode mapping) {
        var object = JsonObject.object();
        for (var tuple : mapping.getValue()) {
            var name = file.text(tuple.getKeyNode(), "a name");
            if (object.has(name)) {
                throw file.wrong(tuple.getKeyNode(), "'" + name + "' is there twice");
            }
            object.put(name, value(tuple.getValueNode()));
        }
        return object;
    }

    private Json value(Node node) {
        return switch (node) {
            case MappingNode mapping -> object(mapping);
            case SequenceNode list ->
                    new Json.Array(list.getValue().stream().map(this::value).toList());
            case ScalarNode scalar -> value(scalar);
            default -> throw file.wrong(node, "an alias cannot stand here");
        };
    }

    private static Json value(ScalarNode scalar) {
        var text = scalar.getValue();
        if (scalar.getTag().equals(Tag.NULL)) {
            return Json.nothing();
        }
        if (scalar.getTag().equals(Tag.BOOL)) {
            return Json.of(Boolean.parseBoolean(text));
        }
        return isNumber(scalar) ? new Json.Digits(text) : Json.of(text);
    }

    /// What JSON can write too; another number stays as it is written, and whoever wants a number says so.
    private static boolean isNumber(ScalarNode scalar) {
        return (scalar.getTag().equals(Tag.INT) || scalar.getTag().equals(Tag.FLOAT))
                && scalar.getValue().matches("-?(0|[1-9][0-9]*)(\\.[0-9]+)?([eE][+-]?[0-9]+)?");
    }
}
