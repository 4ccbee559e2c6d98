package io.sluice.admin.management;

import io.sluice.admin.json.JsonObject;
import io.sluice.broker.queue.QueuePart;
import io.sluice.broker.record.Records;

/// What has to be known of SQS here. The server plugs in the dialect.
public interface SqsFacts {
    /// The kind of the catalog's settings that access keys are: each `secret`, and `account` where it is not the default one.
    String accessKeyKind();

    String defaultAccount();

    /// Where an account's queues are.
    String namespace(String account);

    /// The message that the cursor stands on, as an SQS client would get it: `id`, `sent`, and where it has them `group`, `deduplication_id`, `sender`,
    /// `attributes`.
    JsonObject message(QueuePart part, Records record);
}
