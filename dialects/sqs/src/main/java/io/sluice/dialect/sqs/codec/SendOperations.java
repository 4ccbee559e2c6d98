package io.sluice.dialect.sqs.codec;

import io.sluice.dialect.sqs.protocol.BatchChecks;
import io.sluice.dialect.sqs.protocol.BatchEntry;
import io.sluice.dialect.sqs.protocol.MessageAttribute;
import io.sluice.dialect.sqs.protocol.MessageChecks;
import io.sluice.dialect.sqs.protocol.MessageToSend;
import io.sluice.dialect.sqs.protocol.Operation;
import io.sluice.dialect.sqs.protocol.SqsError;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.OptionalInt;

/// Reads messages that are sent.
final class SendOperations {
    private static final Member ENTRIES = Member.list("Entries", "SendMessageBatchRequestEntry");

    private SendOperations() {}

    static Operation sendMessage(Parameters parameters) {
        return new Operation.SendMessage(parameters.queue(), message(parameters));
    }

    static Operation sendMessageBatch(Parameters parameters) {
        var queue = parameters.queue();
        var batch = Batch.read(parameters, ENTRIES, SendOperations::message);
        RefusedException.check(
                BatchChecks.bytes(
                        batch.entries().stream()
                                .map(BatchEntry::value)
                                .mapToLong(MessageToSend::bytes)
                                .sum()));
        return new Operation.SendMessageBatch(queue, batch.entries(), batch.refused());
    }

    private static MessageToSend message(Parameters parameters) {
        var body = parameters.required("MessageBody");
        RefusedException.check(MessageChecks.body(body));
        var attributes = attributes(parameters.fields(), Member.MESSAGE_ATTRIBUTES);
        RefusedException.check(MessageChecks.attributes(attributes));
        var systemAttributes = attributes(parameters.fields(), Member.MESSAGE_SYSTEM_ATTRIBUTES);
        RefusedException.check(MessageChecks.systemAttributes(systemAttributes));
        var deduplicationId = parameters.optional("MessageDeduplicationId");
        RefusedException.check(MessageChecks.id("MessageDeduplicationId", deduplicationId));
        var groupId = parameters.optional("MessageGroupId");
        RefusedException.check(MessageChecks.id("MessageGroupId", groupId));
        return new MessageToSend(
                ByteBuffer.wrap(body.getBytes(StandardCharsets.UTF_8)),
                attributes,
                systemAttributes,
                delay(parameters),
                deduplicationId,
                groupId);
    }

    private static OptionalInt delay(Parameters parameters) {
        return parameters.within("DelaySeconds", 0, 900, "DelaySeconds must be >= 0 and <= 900.");
    }

    private static Map<String, MessageAttribute> attributes(Fields fields, Member map) {
        var structures = fields.structureMap(map);
        if (structures.isEmpty()) {
            return Map.of();
        }
        var attributes = new LinkedHashMap<String, MessageAttribute>();
        structures.forEach((name, value) -> attributes.put(name, attribute(name, value)));
        return attributes;
    }

    private static MessageAttribute attribute(String name, Fields fields) {
        var type = fields.text("DataType");
        if (type == null) {
            type = "";
        }
        var binary = fields.bytes("BinaryValue");
        if (binary != null) {
            return new MessageAttribute.Binary(type, binary);
        }
        var text = fields.text("StringValue");
        if (text == null) {
            throw new RefusedException(
                    SqsError.invalid(
                            "The message attribute '"
                                    + name
                                    + "' must contain a non-empty message attribute value."));
        }
        return new MessageAttribute.Text(type, text);
    }
}
