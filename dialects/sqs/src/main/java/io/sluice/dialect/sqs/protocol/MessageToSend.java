package io.sluice.dialect.sqs.protocol;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/// A message as its sender hands it over. Sound in everything that can be judged without its queue.
///
/// @param body in UTF-8, from position to limit, on the heap
/// @param attributes of the sender's own, in the order of arrival
/// @param systemAttributes of which only `AWSTraceHeader` exists
/// @param delaySeconds empty: the queue's own
public record MessageToSend(
        ByteBuffer body,
        Map<String, MessageAttribute> attributes,
        Map<String, MessageAttribute> systemAttributes,
        OptionalInt delaySeconds,
        Optional<String> deduplicationId,
        Optional<String> groupId) {
    /// What counts against the limits: the body, and name, type and value of each attribute of the sender's.
    public long bytes() {
        var bytes = (long) body.remaining();
        for (var attribute : attributes.entrySet()) {
            bytes += utf8Length(attribute.getKey());
            bytes += utf8Length(attribute.getValue().dataType());
            bytes +=
                    switch (attribute.getValue()) {
                        case MessageAttribute.Text text -> utf8Length(text.value());
                        case MessageAttribute.Binary binary -> binary.value().remaining();
                    };
        }
        return bytes;
    }

    private static int utf8Length(String text) {
        return text.getBytes(StandardCharsets.UTF_8).length;
    }
}
