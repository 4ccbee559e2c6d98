package io.sluice.dialect.sqs.protocol;

import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/// A message as its sender hands it over. Sound in everything that can be judged without its queue.
///
/// @param attributes of the sender's own, in the order of arrival
/// @param systemAttributes of which only `AWSTraceHeader` exists
/// @param delaySeconds empty: the queue's own
public record MessageToSend(
        String body,
        Map<String, MessageAttribute> attributes,
        Map<String, MessageAttribute> systemAttributes,
        OptionalInt delaySeconds,
        Optional<String> deduplicationId,
        Optional<String> groupId) {}
