package io.sluice.server.command;

import io.sluice.admin.json.Json;
import io.sluice.admin.json.JsonObject;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// One thing with all that is known of it: a name and a value on each line, what belongs together below its own heading. What is empty is left out. Shows what
/// the broker says, so that an answer with more in it needs no new command line.
final class Facts {
    private static final String INDENT = "  ";
    private static final String MILLIS = "_ms";

    private final Terminal terminal;
    private final Instant now;

    Facts(Terminal terminal, Instant now) {
        this.terminal = terminal;
        this.now = now;
    }

    void print(JsonObject object) {
        print(object, "");
    }

    private void print(JsonObject object, String indent) {
        var lines = new LinkedHashMap<String, String>();
        object.fields()
                .forEach(
                        (name, value) -> {
                            var text = isNested(value) ? "" : text(name, value);
                            if (!text.isEmpty()) {
                                lines.put(title(name), text);
                            }
                        });
        int width = lines.keySet().stream().mapToInt(Printable::width).max().orElse(0);
        lines.forEach(
                (name, value) -> {
                    var padding = " ".repeat(width - Printable.width(name));
                    var line = indent + terminal.in(Colour.FAINT, name) + padding + INDENT + value;
                    terminal.out().println(line.stripTrailing());
                });
        object.fields().entrySet().stream()
                .filter(field -> isNested(field.getValue()))
                .forEach(field -> nested(field, indent));
    }

    private static boolean isNested(Json value) {
        return switch (value) {
            case JsonObject object -> !object.isEmpty();
            case Json.Array(var items) ->
                    !items.isEmpty() && items.getFirst() instanceof JsonObject;
            case Json.Text _, Json.Digits _, Json.Bool _, Json.Null _ -> false;
        };
    }

    private void nested(Map.Entry<String, Json> field, String indent) {
        terminal.out().println(indent + terminal.in(Colour.BOLD, title(field.getKey())));
        switch (field.getValue()) {
            case JsonObject object -> print(object, indent + INDENT);
            case Json.Array(var items) -> items(items, indent + INDENT);
            case Json.Text _, Json.Digits _, Json.Bool _, Json.Null _ -> {
                assert false : "not nested: " + field;
            }
        }
    }

    /// A table with a column for each field that any of them has.
    private void items(List<Json> items, String indent) {
        var columns = new LinkedHashMap<String, Column>();
        for (var item : items) {
            Column.row(item)
                    .fields()
                    .forEach(
                            (name, value) ->
                                    columns.computeIfAbsent(
                                            name, _ -> column(name, value instanceof Json.Digits)));
        }
        new Table(columns.values().toArray(Column[]::new))
                .indented(indent)
                .fill(items, now)
                .print(terminal, "");
    }

    private Column column(String name, boolean right) {
        return new Column(
                title(name),
                right,
                (row, _) -> Value.at(row, name).map(value -> text(name, value)).orElse(""));
    }

    private static String title(String name) {
        var printable = Printable.of(name);
        var shown =
                printable.endsWith(MILLIS)
                        ? printable.substring(0, printable.length() - MILLIS.length())
                        : printable;
        return shown.replace('_', ' ');
    }

    private String text(String name, Json value) {
        return switch (value) {
            case Json.Digits digits when name.endsWith(MILLIS) && digits.isWhole() ->
                    millis(Long.parseLong(digits.literal()));
            case Json.Digits digits -> Value.count(digits);
            case Json.Text(String text) ->
                    Legible.instant(text)
                            .map(this::time)
                            .orElseGet(() -> state(name, Printable.of(text)));
            case Json.Null _, Json.Bool _, Json.Array _, JsonObject _ -> Value.text(value);
        };
    }

    private String state(String name, String text) {
        return name.equals("state") ? terminal.in(Colour.ofState(text), text) : text;
    }

    private static String millis(long millis) {
        return millis < 0 || millis == Long.MAX_VALUE
                ? "-"
                : Legible.duration(Duration.ofMillis(millis));
    }

    private String time(Instant moment) {
        return Legible.local(moment, ZoneId.systemDefault())
                + " ("
                + Legible.distance(moment, now)
                + ")";
    }
}
