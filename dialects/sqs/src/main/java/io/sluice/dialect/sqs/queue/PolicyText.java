package io.sluice.dialect.sqs.queue;

import io.sluice.broker.queue.JsonText;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/// A queue's policy as JSON text, cut where its statements begin and end: what is in them, and around them, stays as whoever set it wrote it.
///
/// @param head up to and with the bracket that opens the statements
/// @param statements each a JSON object
/// @param tail from the bracket that closes them
public record PolicyText(String head, List<String> statements, String tail) {
    private static final String STATEMENTS = "\"Statement\"";

    public PolicyText {
        statements = List.copyOf(statements);
    }

    public static PolicyText empty(String queueArn) {
        return new PolicyText(
                "{\"Version\":\"2008-10-17\",\"Id\":"
                        + JsonText.quoted(queueArn + "/SQSDefaultPolicy")
                        + ",\"Statement\":[",
                List.of(),
                "]}");
    }

    /// @param text a sound JSON object; one without a list of statements is as good as none
    public static PolicyText of(String text) {
        int name = text.indexOf(STATEMENTS);
        int open = name < 0 ? -1 : text.indexOf('[', name);
        if (open < 0) {
            return empty("");
        }
        var statements = new ArrayList<String>();
        int depth = 0;
        int begin = -1;
        boolean quoted = false;
        int at = open + 1;
        for (; at < text.length(); at++) {
            char c = text.charAt(at);
            if (quoted) {
                if (c == '\\') {
                    at++;
                } else if (c == '"') {
                    quoted = false;
                }
            } else if (c == '"') {
                quoted = true;
            } else if (c == '{' || c == '[') {
                begin = depth++ == 0 ? at : begin;
            } else if (depth == 0 && c == ']') {
                break;
            } else if ((c == '}' || c == ']') && --depth == 0) {
                statements.add(text.substring(begin, at + 1));
            }
        }
        return new PolicyText(
                text.substring(0, open + 1),
                statements,
                at < text.length() ? text.substring(at) : "]}");
    }

    /// Whether a statement has that label.
    public boolean has(String label) {
        return statements.stream().anyMatch(statement -> isLabelled(statement, label));
    }

    public PolicyText with(
            String label, List<String> accounts, List<String> actions, String queueArn) {
        var principals =
                accounts.stream().map(account -> "arn:aws:iam::" + account + ":root").toList();
        var names =
                actions.stream().map(action -> "SQS:" + (action.isEmpty() ? "*" : action)).toList();
        var all = new ArrayList<>(statements);
        all.add(
                "{\"Sid\":"
                        + JsonText.quoted(label)
                        + ",\"Effect\":\"Allow\",\"Principal\":{\"AWS\":"
                        + oneOrMany(principals)
                        + "},\"Action\":"
                        + oneOrMany(names)
                        + ",\"Resource\":"
                        + JsonText.quoted(queueArn)
                        + "}");
        return new PolicyText(head, all, tail);
    }

    public PolicyText without(String label) {
        return new PolicyText(
                head,
                statements.stream().filter(statement -> !isLabelled(statement, label)).toList(),
                tail);
    }

    /// Empty when there are no statements: then there is no policy.
    public String text() {
        return statements.isEmpty() ? "" : head + String.join(",", statements) + tail;
    }

    private static boolean isLabelled(String statement, String label) {
        return statement.replaceAll("\\s+", "").contains("\"Sid\":" + JsonText.quoted(label));
    }

    private static String oneOrMany(List<String> texts) {
        return texts.size() == 1
                ? JsonText.quoted(texts.getFirst())
                : texts.stream()
                        .map(JsonText::quoted)
                        .collect(Collectors.joining(",", "[", "]"));
    }
}
