package io.sluice.schema.protobuf;

import io.sluice.schema.InvalidSchemaException;

/// Cuts a `.proto` text into tokens: names (with their dots), numbers, quoted strings and single signs; comments and white space are skipped.
final class ProtoTokens {
    private final String text;
    private int at;
    private int line = 1;
    private String next;

    ProtoTokens(String text) throws InvalidSchemaException {
        this.text = text;
        this.next = cut();
    }

    /// The next token, not taken yet; empty at the end.
    String peek() {
        return next;
    }

    boolean isAtEnd() {
        return next.isEmpty();
    }

    String take() throws InvalidSchemaException {
        var taken = next;
        if (taken.isEmpty()) {
            throw wrong("the text ends in the middle");
        }
        next = cut();
        return taken;
    }

    /// Takes the next token if it is this one.
    boolean took(String token) throws InvalidSchemaException {
        if (!next.equals(token)) {
            return false;
        }
        take();
        return true;
    }

    void need(String token) throws InvalidSchemaException {
        if (!took(token)) {
            throw wrong("'" + token + "' is needed in place of '" + next + "'");
        }
    }

    String name() throws InvalidSchemaException {
        if (next.isEmpty() || !isOfName(next.charAt(0)) || Character.isDigit(next.charAt(0))) {
            throw wrong("a name is needed in place of '" + next + "'");
        }
        return take();
    }

    /// What stands in one or more quoted strings, with its escapes as they are: what is read of them has none.
    String quoted() throws InvalidSchemaException {
        var whole = new StringBuilder();
        do {
            if (next.isEmpty() || "\"'".indexOf(next.charAt(0)) < 0) {
                throw wrong("a string is needed in place of '" + next + "'");
            }
            whole.append(next, 1, next.length() - 1);
            take();
        } while (!next.isEmpty() && "\"'".indexOf(next.charAt(0)) >= 0);
        return whole.toString();
    }

    /// A whole number, perhaps hexadecimal or octal, perhaps with a sign.
    int number() throws InvalidSchemaException {
        boolean isNegative = took("-");
        var digits = take();
        try {
            return Math.toIntExact(Long.decode((isNegative ? "-" : "") + digits));
        } catch (NumberFormatException | ArithmeticException _) {
            throw wrong("a whole number is needed in place of '" + digits + "'");
        }
    }

    /// Up to and with the sign that closes what `opened`, which was taken.
    void skipClosed(String opened, String closing) throws InvalidSchemaException {
        for (int open = 1; open > 0; ) {
            var token = take();
            if (token.equals(opened)) {
                open++;
            } else if (token.equals(closing)) {
                open--;
            }
        }
    }

    /// Up to and with the semicolon, over whatever braces are before it.
    void skipStatement() throws InvalidSchemaException {
        for (var token = take(); !token.equals(";"); token = take()) {
            if (token.equals("{")) {
                skipClosed("{", "}");
            }
        }
    }

    InvalidSchemaException wrong(String what) {
        return new InvalidSchemaException("not a .proto text: line " + line + ": " + what);
    }

    private String cut() throws InvalidSchemaException {
        skipBlank();
        if (at == text.length()) {
            return "";
        }
        int from = at;
        char first = text.charAt(at);
        if (first == '"' || first == '\'') {
            skipString(first);
        } else if (isOfName(first)) {
            while (at < text.length() && isOfName(text.charAt(at))) {
                at++;
            }
        } else {
            at++;
        }
        return text.substring(from, at);
    }

    private void skipString(char quote) throws InvalidSchemaException {
        for (at++; at < text.length() && text.charAt(at) != quote; at++) {
            if (text.charAt(at) == '\n') {
                throw wrong("a string does not end in its line");
            }
            if (text.charAt(at) == '\\') {
                at++;
            }
        }
        if (at >= text.length()) {
            throw wrong("a string does not end");
        }
        at++;
    }

    private void skipBlank() throws InvalidSchemaException {
        while (at < text.length()) {
            if (text.startsWith("//", at)) {
                int end = text.indexOf('\n', at);
                at = end < 0 ? text.length() : end;
            } else if (text.startsWith("/*", at)) {
                int end = text.indexOf("*/", at + 2);
                if (end < 0) {
                    throw wrong("a comment does not end");
                }
                line += (int) text.substring(at, end).chars().filter(c -> c == '\n').count();
                at = end + 2;
            } else if (Character.isWhitespace(text.charAt(at)) || text.charAt(at) == '\uFEFF') {
                line += text.charAt(at++) == '\n' ? 1 : 0;
            } else {
                return;
            }
        }
    }

    private static boolean isOfName(char c) {
        return c == '_' || c == '.' || (c < 0x80 && Character.isLetterOrDigit(c));
    }
}
