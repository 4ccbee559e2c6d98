package io.sluice.schema.json;

import com.networknt.schema.ExecutionContext;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaContext;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.keyword.BaseKeywordValidator;
import com.networknt.schema.keyword.Keyword;
import com.networknt.schema.keyword.KeywordValidator;
import com.networknt.schema.path.NodePath;
import java.util.HashSet;
import java.util.TreeMap;
import tools.jackson.databind.JsonNode;

/// `uniqueItems` by text: the validator's own way compares trees by their hashes, and who chooses many trees of one hash makes it take a square of
/// their number.
final class UniqueItems implements Keyword {
    @Override
    public String getValue() {
        return "uniqueItems";
    }

    @Override
    public KeywordValidator newValidator(
            SchemaLocation location, JsonNode node, Schema parent, SchemaContext context) {
        return new Validator(this, node, location, parent, context);
    }

    private static final class Validator extends BaseKeywordValidator {
        private final boolean unique;

        Validator(
                Keyword keyword,
                JsonNode node,
                SchemaLocation location,
                Schema parent,
                SchemaContext context) {
            super(keyword, node, location, parent, context);
            this.unique = node.isBoolean() && node.booleanValue();
        }

        @Override
        public void validate(
                ExecutionContext execution, JsonNode node, JsonNode root, NodePath place) {
            if (!unique || !node.isArray()) {
                return;
            }
            var seen = new HashSet<String>();
            for (var item : node) {
                if (!seen.add(text(item))) {
                    execution.addError(
                            error().instanceNode(node)
                                    .instanceLocation(place)
                                    .evaluationPath(execution.getEvaluationPath())
                                    .locale(execution.getExecutionConfig().getLocale())
                                    .build());
                    return;
                }
            }
        }
    }

    /// Equal for equal values: an object's order and a number's zeros do not matter.
    static String text(JsonNode node) {
        if (node.isNumber()) {
            var number = node.decimalValue();
            return number.signum() == 0 ? "0" : number.stripTrailingZeros().toString();
        }
        if (node.isArray()) {
            var text = new StringBuilder("[");
            node.forEach(item -> text.append(text(item)).append(','));
            return text.append(']').toString();
        }
        if (node.isObject()) {
            var sorted = new TreeMap<String, JsonNode>();
            node.properties().forEach(entry -> sorted.put(entry.getKey(), entry.getValue()));
            var text = new StringBuilder("{");
            sorted.forEach(
                    (name, value) ->
                            text.append(name.length())
                                    .append(':')
                                    .append(name)
                                    .append(text(value))
                                    .append(','));
            return text.append('}').toString();
        }
        return node.toString();
    }
}
