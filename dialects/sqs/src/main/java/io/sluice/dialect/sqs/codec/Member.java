package io.sluice.dialect.sqs.codec;

/// A list or a map within a request or an answer: the protocols name it differently.
///
/// @param json of the whole
/// @param query of one item, which forms number and XML repeats
/// @param key what the key of a map's item is called in the Query protocol; empty for lists
record Member(String json, String query, String key) {
    static final Member ATTRIBUTES = map("Attributes", "Attribute", "Name");
    static final Member MESSAGE_ATTRIBUTES = map("MessageAttributes", "MessageAttribute", "Name");
    static final Member MESSAGE_SYSTEM_ATTRIBUTES =
            map("MessageSystemAttributes", "MessageSystemAttribute", "Name");
    static final Member TAGS = map("Tags", "Tag", "Key");

    /// CreateQueue alone writes it small.
    static final Member TAGS_AT_BIRTH = map("tags", "Tag", "Key");

    static final Member ATTRIBUTE_NAMES = list("AttributeNames", "AttributeName");
    static final Member MESSAGE_ATTRIBUTE_NAMES =
            list("MessageAttributeNames", "MessageAttributeName");
    static final Member MESSAGE_SYSTEM_ATTRIBUTE_NAMES =
            list("MessageSystemAttributeNames", "MessageSystemAttributeName");
    static final Member TAG_KEYS = list("TagKeys", "TagKey");
    static final Member ACCOUNTS = list("AWSAccountIds", "AWSAccountId");
    static final Member ACTIONS = list("Actions", "ActionName");
    static final Member MESSAGES = list("Messages", "Message");
    static final Member QUEUE_URLS = list("QueueUrls", "QueueUrl");

    /// Of dead letter sources, small in JSON.
    static final Member SOURCE_QUEUE_URLS = list("queueUrls", "QueueUrl");

    static final Member MOVE_TASKS = list("Results", "ListMessageMoveTasksResultEntry");
    static final Member FAILED = list("Failed", "BatchResultErrorEntry");

    static Member list(String json, String query) {
        return new Member(json, query, "");
    }

    private static Member map(String json, String query, String key) {
        return new Member(json, query, key);
    }
}
