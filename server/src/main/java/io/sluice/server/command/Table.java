package io.sluice.server.command;

import io.sluice.admin.json.Json;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// Rows below one another in columns, numbers to the right. On a screen no line is longer than it; elsewhere nothing is cut.
final class Table {
    private static final String BETWEEN = "  ";
    private static final int COLUMNS_MIN = 8;

    private final List<Column> columns;
    private final List<List<String>> rows = new ArrayList<>();
    private String indent = "";

    Table(Column... columns) {
        this.columns = List.of(columns);
    }

    Table indented(String columns) {
        indent = columns;
        return this;
    }

    /// One row for each item.
    Table fill(Iterable<Json> items, Instant now) {
        for (var item : items) {
            var row = Column.row(item);
            rows.add(columns.stream().map(column -> column.cell().apply(row, now)).toList());
        }
        return this;
    }

    /// @param nothing what is said when there is no row
    void print(Terminal terminal, String nothing) {
        if (rows.isEmpty()) {
            (terminal.isScreen() ? terminal.out() : terminal.err()).println(nothing);
            return;
        }
        int[] widths = widths(terminal.columns());
        var titles = columns.stream().map(Column::title).toList();
        terminal.out().println(terminal.in(Colour.BOLD, line(titles, widths)));
        for (var row : rows) {
            terminal.out().println(line(row, widths));
        }
    }

    private int[] widths(int screen) {
        var widths = new int[columns.size()];
        for (int i = 0; i < widths.length; i++) {
            widths[i] = Printable.width(columns.get(i).title());
            for (var row : rows) {
                widths[i] = Math.max(widths[i], Printable.width(row.get(i)));
            }
        }
        return screen == 0 ? widths : fitted(widths, screen);
    }

    /// Takes from the widest column of text, again and again, until a line fits or nothing can be taken.
    private int[] fitted(int[] widths, int screen) {
        int excess =
                indent.length()
                        + Arrays.stream(widths).sum()
                        + BETWEEN.length() * (widths.length - 1)
                        - screen;
        for (; excess > 0; excess--) {
            int widest = -1;
            for (int i = 0; i < widths.length; i++) {
                if (!columns.get(i).right()
                        && widths[i] > COLUMNS_MIN
                        && (widest < 0 || widths[i] > widths[widest])) {
                    widest = i;
                }
            }
            if (widest < 0) {
                break;
            }
            widths[widest]--;
        }
        return widths;
    }

    private String line(List<String> cells, int[] widths) {
        var line = new StringBuilder(indent);
        for (int i = 0; i < widths.length; i++) {
            var cell = Printable.cut(cells.get(i), widths[i]);
            var padding = " ".repeat(widths[i] - Printable.width(cell));
            line.append(i == 0 ? "" : BETWEEN)
                    .append(columns.get(i).right() ? padding + cell : cell + padding);
        }
        return line.toString().stripTrailing();
    }
}
