package io.sluice.dialect.push;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.broker.Once;
import io.sluice.broker.message.Envelope;
import io.sluice.broker.queue.Queue;
import io.sluice.transport.http.HttpField;
import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

final class PushRequestTest {
    private static final UUID TOPIC = new UUID(1, 2);

    @Test
    void aBareRecordIsAnEventOfItsPlace() {
        var fields = fields(message("/", "orders", null, Map.of()));

        assertThat(fields)
                .isEqualTo(
                        Map.ofEntries(
                                Map.entry("User-Agent", "Sluice/test"),
                                Map.entry("Content-Type", "application/octet-stream"),
                                Map.entry("ce-specversion", "1.0"),
                                Map.entry("ce-id", TOPIC + "/0/7"),
                                Map.entry("ce-source", "/sluice/orders"),
                                Map.entry("ce-type", "io.sluice.message"),
                                Map.entry("ce-time", "1970-01-01T00:00:01Z"),
                                Map.entry("Sluice-Queue", "orders"),
                                Map.entry("Sluice-Attempt", "3"),
                                Map.entry("webhook-id", TOPIC + "/0/7"),
                                Map.entry("webhook-timestamp", "1000")));
    }

    @Test
    void anotherNamespaceStandsInTheSource() {
        assertThat(fields(message("a b", "x/y", null, Map.of())))
                .containsEntry("ce-source", "/sluice/a%2520b/x%252Fy");
    }

    @Test
    void aKeyIsTheSubjectIfItIsText() {
        var text = fields(message("/", "q", ByteBuffer.wrap("k\u00e9y".getBytes(UTF_8)), Map.of()));
        assertThat(text)
                .containsEntry("ce-subject", "k%C3%A9y")
                .containsEntry("Sluice-Key", "k%C3%A9y");

        var bytes = fields(message("/", "q", ByteBuffer.wrap(new byte[] {-1, 0}), Map.of()));
        assertThat(bytes)
                .containsEntry("Sluice-Key-Base64", "/wA=")
                .doesNotContainKey("ce-subject");
    }

    @Test
    void nothingInAHeaderCanEndIt() {
        var fields =
                fields(message("/", "q\r\nx: y", null, Map.of("n\r\n: ", "v\r\nx: y\u0000\"%")));

        assertThat(fields)
                .containsEntry("Sluice-Header-n%0D%0A%3A%20", "v%0D%0Ax:%20y%00%22%25")
                .containsEntry("Sluice-Queue", "q%0D%0Ax:%20y");
        assertThat(fields.entrySet())
                .allSatisfy(
                        field -> {
                            assertThat(field.getKey()).matches("[!-~&&[^:]]+");
                            assertThat(field.getValue()).matches("[ -~]*");
                        });
    }

    @Test
    void aContentTypeThatIsNoneAndACodingThatHttpDoesNotKnowAreNotPassedOn() {
        var fields =
                fields(
                        message(
                                "/",
                                "q",
                                null,
                                Map.of("content-type", "a\r\nb", "content-encoding", "utf-8")));

        assertThat(fields)
                .containsEntry("Content-Type", "application/octet-stream")
                .containsEntry("Sluice-Header-content-encoding", "utf-8")
                .doesNotContainKey("Content-Encoding");
    }

    @Test
    void aWholeEventStaysOne() {
        var fields =
                fields(
                        message(
                                "/",
                                "q",
                                null,
                                Map.of("content-type", "application/cloudevents+json")));

        assertThat(fields.keySet()).noneMatch(name -> name.startsWith("ce-"));
        assertThat(fields).containsEntry("Content-Type", "application/cloudevents+json");
    }

    @Test
    void headersThatFindNoRoomAreCounted() {
        var many = new LinkedHashMap<String, String>();
        many.put("huge", "x".repeat(3_000));
        for (int i = 0; i < 10; i++) {
            many.put("h" + i, "x".repeat(1_000));
        }
        var message = message("/", "q", null, many);
        var all = PushRequest.fields(message, List.of("secret"), "Sluice/test", 0);

        assertThat(
                        all.stream()
                                .mapToInt(field -> field.name().length() + field.value().length())
                                .sum())
                .isLessThan(7_000);
        assertThat(fields(message)).containsEntry("Sluice-Headers-Omitted", "6");
    }

    @Test
    void whatIsSignedHasNoStopInItsId() {
        var message = message("/", "q", null, Map.of("message-id", "a.1"));
        var fields = fields(message);

        assertThat(fields).containsEntry("ce-id", "a.1").containsEntry("webhook-id", "a%2E1");
        var signed = PushRequest.fields(message, List.of("s"), "Sluice/test", 5_000);
        assertThat(signed)
                .contains(
                        new HttpField(
                                "webhook-signature",
                                Signature.of(List.of("s"), "a%2E1", 5, message.body())));
    }

    @Test
    void aCodingThatHttpKnowsIsPassedOn() {
        assertThat(fields(message("/", "q", null, Map.of("content-encoding", "gzip"))))
                .containsEntry("Content-Encoding", "gzip");
    }

    @Test
    void aTraceGoesOnUnderItsOwnNames() {
        var trace = Map.of("traceparent", "00-0af7-b7ad-01", "tracestate", "vendor=1");

        assertThat(fields(message("/", "q", null, trace))).containsAllEntriesOf(trace);
    }

    @Test
    void whatTheBrokerKeepsInHeadersForItselfStaysInside() {
        var inside =
                Map.of(
                        Envelope.HEADER,
                        "e",
                        Once.HEADER,
                        "o",
                        "sqs-attributes",
                        "a",
                        "content-type",
                        "text/plain");

        assertThat(fields(message("/", "q", null, inside)))
                .containsEntry("Content-Type", "text/plain")
                .allSatisfy((name, _) -> assertThat(name).doesNotStartWith("Sluice-Header-"));
    }

    @Test
    void whatAProducerSaysAsACloudEventGoesBeforeWhatIsMadeUp() {
        for (var prefix : List.of("ce_", "cloudEvents:", "cloudEvents_")) {
            var said =
                    Map.of(
                            prefix + "type",
                            "order paid",
                            prefix + "source",
                            "/shop",
                            prefix + "tenant",
                            "t",
                            prefix + "subject",
                            "",
                            "type",
                            "made.up");
            var fields = fields(message("/", "q", ByteBuffer.wrap(new byte[] {'k'}), said));

            assertThat(fields)
                    .containsEntry("ce-type", "order%20paid")
                    .containsEntry("ce-source", "/shop")
                    .containsEntry("ce-tenant", "t")
                    .containsEntry("ce-subject", "k")
                    .containsEntry("Sluice-Header-type", "made.up")
                    .allSatisfy((name, _) -> assertThat(name).doesNotContain(prefix));
        }
    }

    @Test
    void theTypeOfAMessageIsThatOfItsEvent() {
        assertThat(fields(message("/", "q", null, Map.of("type", "order.paid"))))
                .containsEntry("ce-type", "order.paid");
    }

    /// By which an endpoint knows repetitions.
    @Test
    void theIdIsTheEventsOwnOrTheMessagesOrItsPlace() {
        var all = new HashMap<>(Map.of("message-id", "m"));
        assertThat(fields(message("/", "q", null, all)))
                .containsEntry("ce-id", "m")
                .containsEntry("webhook-id", "m");

        for (var header : List.of("cloudEvents_id", "cloudEvents:id", "ce_id")) {
            all.put(header, header);
            var id = HeaderText.value(header);
            assertThat(fields(message("/", "q", null, all)))
                    .containsEntry("ce-id", id)
                    .containsEntry("webhook-id", id);
        }
    }

    @Test
    void anEmptyKeyIsNoSubject() {
        assertThat(fields(message("/", "q", ByteBuffer.allocate(0), Map.of())))
                .containsEntry("Sluice-Key", "")
                .doesNotContainKey("ce-subject");
    }

    private static Map<String, String> fields(PushedMessage message) {
        return PushRequest.fields(message, List.of(), "Sluice/test", 1_000_999).stream()
                .collect(Collectors.toMap(HttpField::name, HttpField::value));
    }

    private static PushedMessage message(
            String namespace, String name, @Nullable ByteBuffer key, Map<String, String> headers) {
        var queue =
                new Queue(
                        new UUID(3, 4),
                        namespace,
                        name,
                        TOPIC,
                        true,
                        true,
                        false,
                        false,
                        Map.of(),
                        0);
        var values = new LinkedHashMap<String, ByteBuffer>();
        headers.forEach(
                (header, value) -> values.put(header, ByteBuffer.wrap(value.getBytes(UTF_8))));
        return new PushedMessage(
                queue, queue.part(0), 7, 1_000, key, ByteBuffer.allocate(0), values, 3);
    }
}
