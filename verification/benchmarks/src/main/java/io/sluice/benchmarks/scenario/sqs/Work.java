package io.sluice.benchmarks.scenario.sqs;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/// The calls on one queue, written as far as they can be before they are needed.
///
/// @param url of the queue
record Work(String url) {
    private static final String HANDLE = "\"ReceiptHandle\":\"";

    /// Creates the queue.
    ///
    /// @param attributes JSON, without braces
    static Work on(Connection connection, String queue, String attributes) throws IOException {
        var answer =
                connection.call(
                        "CreateQueue",
                        "{\"QueueName\":\"" + queue + "\",\"Attributes\":{" + attributes + "}}");
        return new Work(between(answer, "\"QueueUrl\":\"", 0));
    }

    byte[] send(String body) {
        return Connection.request("SendMessage", start() + ",\"MessageBody\":\"" + body + "\"}");
    }

    /// A batch of ten.
    byte[] sendTen(String body) {
        return entries(
                "SendMessageBatch",
                IntStream.range(0, 10)
                        .mapToObj(i -> "{\"Id\":\"" + i + "\",\"MessageBody\":\"" + body + "\"}")
                        .toList());
    }

    byte[] receive(int max, int waitSeconds) {
        return Connection.request(
                "ReceiveMessage",
                start()
                        + ",\"MaxNumberOfMessages\":"
                        + max
                        + ",\"WaitTimeSeconds\":"
                        + waitSeconds
                        + "}");
    }

    byte[] delete(List<String> handles) {
        if (handles.size() == 1) {
            return Connection.request(
                    "DeleteMessage",
                    start() + ",\"ReceiptHandle\":\"" + handles.getFirst() + "\"}");
        }
        return entries(
                "DeleteMessageBatch",
                IntStream.range(0, handles.size())
                        .mapToObj(
                                i ->
                                        "{\"Id\":\""
                                                + i
                                                + "\",\"ReceiptHandle\":\""
                                                + handles.get(i)
                                                + "\"}")
                        .toList());
    }

    byte[] entries(String action, List<String> entries) {
        return Connection.request(
                action,
                entries.stream()
                        .collect(Collectors.joining(",", start() + ",\"Entries\":[", "]}")));
    }

    /// The handles in an answer to a receive.
    static List<String> handles(String answer) {
        var handles = new ArrayList<String>(10);
        for (var at = answer.indexOf(HANDLE); at >= 0; at = answer.indexOf(HANDLE, at + 1)) {
            handles.add(between(answer, HANDLE, at));
        }
        return handles;
    }

    private String start() {
        return "{\"QueueUrl\":\"" + url + "\"";
    }

    private static String between(String answer, String before, int from) {
        var start = answer.indexOf(before, from) + before.length();
        return answer.substring(start, answer.indexOf('"', start));
    }
}
