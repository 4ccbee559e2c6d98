package io.sluice.server.warmup;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/// Sends, receives and deletes: one message at a time, ten at a time, and on a FIFO queue.
public final class SqsLoad {
    private static final int CLIENTS = 8;
    private static final int ROUNDS = 400;
    private static final String HANDLE = "\"ReceiptHandle\":\"";
    private static final String BODY = "x".repeat(200);

    private SqsLoad() {}

    /// @param address of the SQS listener
    public static void run(InetSocketAddress address) throws IOException {
        try (var client = new Client(address)) {
            client.call("CreateQueue", "{\"QueueName\":\"warm-up\"}");
            client.call(
                    "CreateQueue",
                    "{\"QueueName\":\"warm-up.fifo\",\"Attributes\":{\"FifoQueue\":\"true\"}}");
        }
        Crew.Part part = () -> cycles(address);
        Crew.work(Collections.nCopies(CLIENTS, part).toArray(Crew.Part[]::new));
        try (var client = new Client(address)) {
            for (var queue : List.of("warm-up", "warm-up.fifo")) {
                client.call("DeleteQueue", "{\"QueueUrl\":\"" + queue + "\"}");
            }
        }
    }

    private static void cycles(InetSocketAddress address) throws IOException {
        try (var client = new Client(address)) {
            for (int round = 0; round < ROUNDS; round++) {
                client.call(
                        "SendMessage",
                        "{\"QueueUrl\":\"warm-up\",\"MessageBody\":\"" + BODY + "\"}");
                receive(client, "warm-up", 1);
                if (round % 4 == 0) {
                    sendTen(client, "warm-up", "");
                    receive(client, "warm-up", 10);
                    sendTen(
                            client,
                            "warm-up.fifo",
                            ",\"MessageGroupId\":\"g"
                                    + round % 64
                                    + "\",\"MessageDeduplicationId\":\""
                                    + System.nanoTime());
                    receive(client, "warm-up.fifo", 10);
                }
            }
        }
    }

    /// @param more of each message; with what tells it from others at its end, if anything
    private static void sendTen(Client client, String queue, String more) throws IOException {
        client.call(
                "SendMessageBatch",
                entries(
                        queue,
                        i ->
                                ",\"MessageBody\":\""
                                        + BODY
                                        + "\""
                                        + (more.isEmpty() ? "" : more + "-" + i + "\""),
                        10));
    }

    private static void receive(Client client, String queue, int max) throws IOException {
        var answer =
                client.call(
                        "ReceiveMessage",
                        "{\"QueueUrl\":\"%s\",\"MaxNumberOfMessages\":%d,\"WaitTimeSeconds\":%d}"
                                .formatted(queue, max, max == 1 ? 1 : 0));
        var handles = handles(answer);
        if (handles.size() == 1) {
            client.call(
                    "DeleteMessage",
                    "{\"QueueUrl\":\"%s\",%s%s\"}".formatted(queue, HANDLE, handles.getFirst()));
        } else if (!handles.isEmpty()) {
            client.call(
                    "DeleteMessageBatch",
                    entries(queue, i -> "," + HANDLE + handles.get(i) + "\"", handles.size()));
        }
    }

    private static String entries(String queue, Fields fields, int count) {
        return IntStream.range(0, count)
                .mapToObj(i -> "{\"Id\":\"" + i + "\"" + fields.of(i) + "}")
                .collect(
                        Collectors.joining(
                                ",", "{\"QueueUrl\":\"" + queue + "\",\"Entries\":[", "]}"));
    }

    /// What an entry has beside its id.
    private interface Fields {
        String of(int index);
    }

    private static List<String> handles(String answer) {
        var handles = new ArrayList<String>(10);
        for (int at = answer.indexOf(HANDLE); at >= 0; at = answer.indexOf(HANDLE, at + 1)) {
            int start = at + HANDLE.length();
            handles.add(answer.substring(start, answer.indexOf('"', start)));
        }
        return handles;
    }

    /// One connection: a request leaves in one write, as SDKs have it.
    private static final class Client implements AutoCloseable {
        private final Socket socket;
        private final InputStream in;

        Client(InetSocketAddress address) throws IOException {
            socket = new Socket(address.getAddress(), address.getPort());
            socket.setTcpNoDelay(true);
            in = new BufferedInputStream(socket.getInputStream(), 1 << 16);
        }

        /// @throws IOException if the answer is not one of success
        String call(String action, String body) throws IOException {
            var head =
                    "POST / HTTP/1.1\r\nHost: sluice\r\nContent-Type: application/x-amz-json-1.0\r\nX-Amz-Target: AmazonSQS."
                            + action
                            + "\r\nX-Amz-Date: 20260101T000000Z\r\nAuthorization: AWS4-HMAC-SHA256 Credential=warm/20260101/us-east-1/sqs/aws4_request,"
                            + " SignedHeaders=host;x-amz-date, Signature="
                            + "0".repeat(64)
                            + "\r\nContent-Length: "
                            + body.length()
                            + "\r\n\r\n";
            socket.getOutputStream().write((head + body).getBytes(ISO_8859_1));
            var status = line();
            int length = 0;
            for (var header = line(); !header.isEmpty(); header = line()) {
                if (header.toLowerCase(Locale.ROOT).startsWith("content-length:")) {
                    length = Integer.parseInt(header.substring(15).strip());
                }
            }
            var answer = new String(in.readNBytes(length), ISO_8859_1);
            if (!status.contains(" 200 ")) {
                throw new IOException(action + " is answered with " + status + " " + answer);
            }
            return answer;
        }

        private String line() throws IOException {
            var line = new StringBuilder();
            for (int next = in.read(); next != '\n'; next = in.read()) {
                if (next < 0) {
                    throw new EOFException("the broker closed the connection");
                }
                if (next != '\r') {
                    line.append((char) next);
                }
            }
            return line.toString();
        }

        @Override
        public void close() throws IOException {
            socket.close();
        }
    }
}
