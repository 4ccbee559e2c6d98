package io.sluice.dialect.sqs.protocol;

import io.sluice.dialect.sqs.json.JsonReader;
import io.sluice.dialect.sqs.json.JsonValue;
import java.util.List;
import java.util.Optional;

/// Whose dead letters a queue takes.
///
/// @param sources of [Permission#BY_QUEUE] only
public record RedriveAllowPolicy(Permission permission, List<QueueArn> sources) {
    private static final String NAME = "RedriveAllowPolicy";
    private static final int SOURCES_MAX = 10;

    /// Everybody's, nobody's, or those of some queues.
    public enum Permission {
        ALLOW_ALL,
        DENY_ALL,
        BY_QUEUE
    }

    /// The policy, or what is wrong with it.
    public record Parsed(Optional<RedriveAllowPolicy> policy, Optional<SqsError> error) {}

    public boolean allows(QueueArn source) {
        return switch (permission) {
            case ALLOW_ALL -> true;
            case DENY_ALL -> false;
            case BY_QUEUE -> sources.contains(source);
        };
    }

    /// Of the attribute's JSON.
    public static Parsed parse(String text) {
        var json = JsonReader.read(text);
        if (json.isEmpty()) {
            return wrong(
                    text,
                    "Amazon SQS can't create the redrive allow policy, as it isn't a valid JSON map.");
        }
        var members = json.get();
        var permission = permission(RedrivePolicy.textOf(members.get("redrivePermission")));
        if (permission.isEmpty()) {
            return wrong(text, "Invalid value for redrivePermission.");
        }
        var named = members.get("sourceQueueArns");
        var byQueue = permission.get() == Permission.BY_QUEUE;
        if (named == null) {
            return byQueue
                    ? wrong(text, "sourceQueueArns is mandatory for redrivePermission byQueue.")
                    : right(permission.get(), List.of());
        }
        if (!byQueue) {
            return wrong(text, "sourceQueueArns is allowed for redrivePermission byQueue only.");
        }
        if (!(named instanceof JsonValue.Items(List<JsonValue> items))
                || items.isEmpty()
                || items.size() > SOURCES_MAX) {
            return wrong(text, "sourceQueueArns must have from 1 to 10 ARNs.");
        }
        var sources = items.stream().map(RedrivePolicy::textOf).map(QueueArn::of).toList();
        return sources.stream().allMatch(Optional::isPresent)
                ? right(permission.get(), sources.stream().map(Optional::orElseThrow).toList())
                : wrong(text, "Invalid value for sourceQueueArns.");
    }

    private static Optional<Permission> permission(String text) {
        return switch (text) {
            case "allowAll" -> Optional.of(Permission.ALLOW_ALL);
            case "denyAll" -> Optional.of(Permission.DENY_ALL);
            case "byQueue" -> Optional.of(Permission.BY_QUEUE);
            default -> Optional.empty();
        };
    }

    private static Parsed right(Permission permission, List<QueueArn> sources) {
        return new Parsed(
                Optional.of(new RedriveAllowPolicy(permission, sources)), Optional.empty());
    }

    private static Parsed wrong(String text, String reason) {
        return new Parsed(Optional.empty(), Optional.of(SqsError.invalid(text, NAME, reason)));
    }
}
