package io.sluice.admin.json;

import io.sluice.broker.queue.JsonText;
import java.util.Iterator;

/// Writes values as compact text. Strings are escaped as the port escapes them, so that what comes by HTTP equals what came by
/// another way.
final class JsonWriter {
    private final StringBuilder out = new StringBuilder();

    private JsonWriter() {}

    static String text(Json value) {
        var writer = new JsonWriter();
        writer.write(value);
        return writer.out.toString();
    }

    private void write(Json value) {
        switch (value) {
            case JsonObject object -> write(object);
            case Json.Array(var items) -> write(items.iterator());
            case Json.Text(String text) -> out.append(JsonText.quoted(text));
            case Json.Digits(String literal) -> out.append(literal);
            case Json.Bool(boolean bool) -> out.append(bool);
            case Json.Null _ -> out.append("null");
        }
    }

    private void write(JsonObject object) {
        out.append('{');
        var first = true;
        for (var field : object.fields().entrySet()) {
            if (!first) {
                out.append(',');
            }
            first = false;
            out.append(JsonText.quoted(field.getKey())).append(':');
            write(field.getValue());
        }
        out.append('}');
    }

    private void write(Iterator<Json> items) {
        out.append('[');
        while (items.hasNext()) {
            write(items.next());
            if (items.hasNext()) {
                out.append(',');
            }
        }
        out.append(']');
    }
}
