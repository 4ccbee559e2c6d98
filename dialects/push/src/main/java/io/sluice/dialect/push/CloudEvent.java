package io.sluice.dialect.push;

import io.sluice.broker.queue.Queue;
import io.sluice.transport.http.HttpField;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/// A message as a CloudEvent 1.0 in binary mode: its attributes are headers. What its producer has said of it as a CloudEvent, by Kafka's or AMQP's binding, goes
/// before what is made up here.
final class CloudEvent {
    /// `ce_type` in Kafka, `cloudEvents:type` or `cloudEvents_type` in AMQP.
    private static final Pattern ATTRIBUTE =
            Pattern.compile("(?:ce_|cloudEvents[:_])([a-z0-9]{1,64})");

    /// Where a message's id may stand, the first that says one counts.
    private static final List<String> IDS =
            List.of("ce_id", "cloudEvents:id", "cloudEvents_id", "message-id");

    private static final String STRUCTURED = "application/cloudevents";
    private static final String TYPE = "io.sluice.message";

    private CloudEvent() {}

    /// Whether the message's header says something that [#fields] say.
    static boolean isAttribute(String header) {
        return ATTRIBUTE.matcher(header).matches();
    }

    /// None when the body is a whole event already.
    static List<HttpField> fields(PushedMessage message) {
        if (message.text("content-type").orElse("").startsWith(STRUCTURED)) {
            return List.of();
        }
        var all = new LinkedHashMap<String, String>();
        all.put("specversion", "1.0");
        all.put("id", HeaderText.value(id(message)));
        all.put("source", HeaderText.value(source(message.queue())));
        all.put("type", HeaderText.value(message.text("type").orElse(TYPE)));
        all.put("time", Instant.ofEpochMilli(message.timestamp()).toString());
        message.keyText()
                .filter(key -> !key.isEmpty())
                .ifPresent(key -> all.put("subject", HeaderText.value(key)));
        message.headers().forEach((name, value) -> given(all, name, value));
        return all.entrySet().stream()
                .map(attribute -> new HttpField("ce-" + attribute.getKey(), attribute.getValue()))
                .toList();
    }

    /// What tells this message from all others of its queue, at every try the same.
    static String id(PushedMessage message) {
        return IDS.stream()
                .flatMap(header -> message.text(header).stream())
                .findFirst()
                .orElseGet(message::place);
    }

    private static String source(Queue queue) {
        var name = HeaderText.segment(queue.name());
        return queue.namespace().equals(Queue.DEFAULT_NAMESPACE)
                ? "/sluice/" + name
                : "/sluice/" + HeaderText.segment(queue.namespace()) + "/" + name;
    }

    private static void given(Map<String, String> all, String header, ByteBuffer value) {
        var attribute = ATTRIBUTE.matcher(header);
        if (attribute.matches() && value.hasRemaining() && !attribute.group(1).equals("id")) {
            all.put(attribute.group(1), HeaderText.value(value));
        }
    }
}
