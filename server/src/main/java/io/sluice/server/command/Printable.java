package io.sluice.server.command;

import java.util.ArrayList;
import java.util.List;

/// Text from elsewhere as it may be printed. A message's body must not move a screen's cursor or change its colours.
final class Printable {
    private static final int WIDE_FROM = 0x1100;
    private static final String CUT = "…";

    private Printable() {}

    /// On one line, without anything that a screen would obey.
    static String of(String text) {
        if (text.chars().noneMatch(Printable::isObeyed)) {
            return text;
        }
        var safe = new StringBuilder(text.length() + 16);
        text.codePoints()
                .forEach(
                        point -> {
                            switch (point) {
                                case '\n' -> safe.append("\\n");
                                case '\r' -> safe.append("\\r");
                                case '\t' -> safe.append("\\t");
                                default -> {
                                    if (isObeyed(point)) {
                                        safe.append(String.format("\\x%02x", point));
                                    } else {
                                        safe.appendCodePoint(point);
                                    }
                                }
                            }
                        });
        return safe.toString();
    }

    private static boolean isObeyed(int point) {
        int type = Character.getType(point);
        return type == Character.CONTROL
                || type == Character.FORMAT
                || type == Character.LINE_SEPARATOR
                || type == Character.PARAGRAPH_SEPARATOR;
    }

    /// Columns that a text takes on a screen.
    static int width(String text) {
        return text.codePoints().map(Printable::width).sum();
    }

    private static int width(int point) {
        int type = Character.getType(point);
        if (type == Character.NON_SPACING_MARK || type == Character.ENCLOSING_MARK) {
            return 0;
        }
        return point >= WIDE_FROM && isWide(point) ? 2 : 1;
    }

    private static boolean isWide(int point) {
        return point <= 0x115f
                || (point >= 0x2e80 && point <= 0xa4cf)
                || (point >= 0xac00 && point <= 0xd7a3)
                || (point >= 0xf900 && point <= 0xfaff)
                || (point >= 0xfe30 && point <= 0xfe6f)
                || (point >= 0xff00 && point <= 0xff60)
                || (point >= 0x1f300 && point <= 0x1faff)
                || (point >= 0x20000 && point <= 0x3fffd);
    }

    /// The words of a text on lines of so many columns.
    static List<String> wrapped(String text, int columns) {
        var lines = new ArrayList<String>();
        var line = new StringBuilder();
        for (var word : of(text).split(" ", -1)) {
            if (!line.isEmpty() && width(line.toString()) + 1 + width(word) > columns) {
                lines.add(line.toString());
                line.setLength(0);
            }
            line.append(line.isEmpty() ? "" : " ").append(word);
        }
        lines.add(line.toString());
        return lines;
    }

    /// The text, or as much of its start as fits, with a sign that there is more.
    static String cut(String text, int columns) {
        if (width(text) <= columns) {
            return text;
        }
        var fitting = new StringBuilder();
        int used = 1;
        for (int point : text.codePoints().toArray()) {
            used += width(point);
            if (used > columns) {
                break;
            }
            fitting.appendCodePoint(point);
        }
        return fitting + CUT;
    }
}
