package io.sluice.server.admin;

import io.sluice.admin.json.JsonObject;
import io.sluice.admin.management.SqsFacts;
import io.sluice.broker.queue.QueuePart;
import io.sluice.broker.record.Records;
import io.sluice.dialect.sqs.message.ReceivedRecord;
import io.sluice.dialect.sqs.operation.Callers;
import io.sluice.dialect.sqs.protocol.MessageAttribute;
import io.sluice.dialect.sqs.queue.Accounts;
import java.nio.ByteBuffer;
import java.util.Base64;

/// Accounts, access keys and messages as the SQS dialect has them.
public final class SqsDialectFacts implements SqsFacts {
    @Override
    public String accessKeyKind() {
        return Callers.KEY_KIND;
    }

    @Override
    public String defaultAccount() {
        return Accounts.DEFAULT;
    }

    @Override
    public String namespace(String account) {
        return Accounts.namespace(account);
    }

    @Override
    public JsonObject message(QueuePart part, Records record) {
        var message = new ReceivedRecord(part, record);
        var json =
                JsonObject.object()
                        .put("id", message.messageId())
                        .put("sent", message.sentMillis());
        message.groupId().ifPresent(text -> json.put("group", text));
        message.deduplicationId().ifPresent(text -> json.put("deduplication_id", text));
        message.senderId().ifPresent(text -> json.put("sender", text));
        var attributes = JsonObject.object();
        message.attributes().forEach((name, value) -> attributes.put(name, json(value)));
        return attributes.isEmpty() ? json : json.put("attributes", attributes);
    }

    private static JsonObject json(MessageAttribute attribute) {
        var value =
                switch (attribute) {
                    case MessageAttribute.Text(var _, String text) -> text;
                    case MessageAttribute.Binary(var _, ByteBuffer bytes) -> base64(bytes);
                };
        return JsonObject.object().put("type", attribute.dataType()).put("value", value);
    }

    private static String base64(ByteBuffer bytes) {
        var copy = new byte[bytes.remaining()];
        bytes.duplicate().get(copy);
        return Base64.getEncoder().encodeToString(copy);
    }
}
