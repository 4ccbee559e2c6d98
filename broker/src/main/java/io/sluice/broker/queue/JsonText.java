package io.sluice.broker.queue;

/// Strings as JSON texts and back: all of JSON that the port itself needs.
public final class JsonText {
    private JsonText() {}

    /// `text` in quotes, escaped in the one way that makes equal strings equal texts.
    public static String quoted(String text) {
        var json = new StringBuilder(text.length() + 2).append('"');
        for (int i = 0; i < text.length(); i++) {
            char next = text.charAt(i);
            if (next == '"' || next == '\\') {
                json.append('\\').append(next);
            } else if (next < 0x20) {
                json.append(String.format("\\u%04x", (int) next));
            } else {
                json.append(next);
            }
        }
        return json.append('"').toString();
    }

    /// The string that a text made by [#quoted] stands for.
    public static String unquoted(String json) {
        var text = new StringBuilder(json.length());
        for (int i = 1; i < json.length() - 1; i++) {
            char next = json.charAt(i);
            if (next != '\\') {
                text.append(next);
            } else if (json.charAt(++i) == 'u') {
                text.append((char) Integer.parseInt(json.substring(i + 1, i + 5), 16));
                i += 4;
            } else {
                text.append(json.charAt(i));
            }
        }
        return text.toString();
    }
}
