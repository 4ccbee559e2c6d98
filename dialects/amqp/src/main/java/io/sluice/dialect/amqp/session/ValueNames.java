package io.sluice.dialect.amqp.session;

import io.sluice.broker.queue.JsonText;
import io.sluice.dialect.amqp.codec.Table;
import io.sluice.dialect.amqp.codec.Value;

/// The types of table values as RabbitMQ's texts name them.
final class ValueNames {
    private ValueNames() {}

    static String type(Value value) {
        return switch (value) {
            case Value.Text _ -> "longstr";
            case Value.Bytes _ -> "binary";
            case Value.Bool _ -> "bool";
            case Value.Whole(Value.Width width, long _) -> type(width);
            case Value.Float32 _ -> "float";
            case Value.Float64 _ -> "double";
            case Value.Decimal _ -> "decimal";
            case Value.Timestamp _ -> "timestamp";
            case Value.Array _ -> "array";
            case Value.Nothing _ -> "void";
            case Table _ -> "table";
        };
    }

    private static String type(Value.Width width) {
        return switch (width) {
            case INT8 -> "byte";
            case UINT8 -> "unsignedbyte";
            case INT16 -> "short";
            case UINT16 -> "unsignedshort";
            case INT32 -> "signedint";
            case UINT32 -> "unsignedint";
            case INT64 -> "long";
            case UINT64 -> "unsignedlong";
        };
    }

    /// As texts tell what was received for an argument, and what it is: `the value '60000' of type 'signedint'`.
    ///
    /// @param json the value as the catalog keeps it, which does not know the type any more; a likely one is named
    static String described(String json) {
        return "the value '" + text(json) + "' of type '" + kind(json) + "'";
    }

    private static String text(String json) {
        return json.startsWith("\"") ? JsonText.unquoted(json) : json;
    }

    private static String kind(String json) {
        if (json.startsWith("\"")) {
            return "longstr";
        }
        return json.equals("true") || json.equals("false") ? "bool" : "signedint";
    }
}
