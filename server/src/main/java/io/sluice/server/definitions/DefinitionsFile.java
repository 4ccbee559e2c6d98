package io.sluice.server.definitions;

import io.sluice.admin.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;

/// Reads a file: a mapping of kinds to lists of things, each with a name.
final class DefinitionsFile {
    private final Path file;

    DefinitionsFile(Path file) {
        this.file = file;
    }

    /// By kind, in the order of the file.
    ///
    /// @param nameFields what the name of a thing is called, by the kinds that there are
    /// @throws WrongDefinitionException when it is not such a file
    Map<String, List<Definition>> read(Map<String, String> nameFields) {
        var found = new LinkedHashMap<String, List<Definition>>();
        var root = root();
        if (root == null) {
            return found;
        }
        for (var tuple : mapping(root, "this file").getValue()) {
            var kind = text(tuple.getKeyNode(), "a kind");
            var nameField = nameFields.get(kind);
            if (nameField == null) {
                throw wrong(
                        tuple.getKeyNode(),
                        "'%s' is not known here; there are %s"
                                .formatted(
                                        kind,
                                        nameFields.keySet().stream()
                                                .sorted()
                                                .collect(Collectors.joining(", "))));
            }
            found.put(kind, things(kind, nameField, tuple.getValueNode()));
        }
        return found;
    }

    private @Nullable Node root() {
        try {
            var settings = LoadSettings.builder().setLabel(file.toString()).build();
            return new Compose(settings).composeString(Files.readString(file)).orElse(null);
        } catch (IOException unreadable) {
            throw new WrongDefinitionException(file + ": cannot be read: " + unreadable);
        } catch (YamlEngineException malformed) {
            var message = String.valueOf(malformed.getMessage());
            throw new WrongDefinitionException(
                    file
                            + ": is not YAML: "
                            + message.lines()
                                    .map(String::strip)
                                    .limit(3)
                                    .collect(Collectors.joining(" ")));
        }
    }

    private List<Definition> things(String kind, String nameField, Node node) {
        if (!(node instanceof SequenceNode list)) {
            throw wrong(node, "'" + kind + "' must be a list");
        }
        var things = new ArrayList<Definition>();
        for (var item : list.getValue()) {
            things.add(thing(kind, nameField, item));
        }
        return things;
    }

    private Definition thing(String kind, String nameField, Node item) {
        if (item instanceof ScalarNode) {
            return new Definition(text(item, "a name"), JsonObject.object(), line(item), Map.of());
        }
        var wish = new YamlJson(this).object(mapping(item, "each of '" + kind + "'"));
        var name =
                wish.text(nameField)
                        .orElseThrow(
                                () -> wrong(item, "'" + nameField + "' is missing, or no string"));
        var lines = new HashMap<String, Integer>();
        collectLines(item, lines);
        return new Definition(name, wish.remove(nameField), line(item), lines);
    }

    private static void collectLines(Node node, Map<String, Integer> lines) {
        if (node instanceof MappingNode mapping) {
            for (var tuple : mapping.getValue()) {
                if (tuple.getKeyNode() instanceof ScalarNode key) {
                    lines.putIfAbsent(key.getValue(), line(key));
                }
                collectLines(tuple.getValueNode(), lines);
            }
        }
    }

    private MappingNode mapping(Node node, String what) {
        if (node instanceof MappingNode mapping) {
            return mapping;
        }
        throw wrong(node, what + " must be lines of \"name: value\"");
    }

    String text(Node node, String what) {
        if (node instanceof ScalarNode scalar) {
            return scalar.getValue();
        }
        throw wrong(node, what + " must be a plain word");
    }

    WrongDefinitionException wrong(Node node, String sentence) {
        return wrong(line(node), sentence);
    }

    WrongDefinitionException wrong(int line, String sentence) {
        return new WrongDefinitionException("%s:%d: %s".formatted(file, line, sentence));
    }

    private static int line(Node node) {
        return node.getStartMark().map(mark -> mark.getLine() + 1).orElse(1);
    }
}
