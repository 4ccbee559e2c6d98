package io.sluice.dialect.sqs.protocol;

import io.sluice.dialect.sqs.json.JsonReader;
import io.sluice.dialect.sqs.json.JsonValue;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Where a queue's messages go that were received too often.
public record RedrivePolicy(QueueArn deadLetterTarget, int maxReceiveCount) {
    private static final String NAME = "RedrivePolicy";
    private static final int COUNT_MAX = 1000;

    /// The policy, or what is wrong with it.
    public record Parsed(Optional<RedrivePolicy> policy, Optional<SqsError> error) {}

    /// Of the attribute's JSON. The count may be a number or a string of one.
    public static Parsed parse(String text) {
        var json = JsonReader.read(text);
        if (json.isEmpty()) {
            return wrong(text, "Redrive policy is not a valid JSON map.");
        }
        var members = json.get();
        for (var mandatory : new String[] {"deadLetterTargetArn", "maxReceiveCount"}) {
            if (!members.containsKey(mandatory)) {
                return wrong(
                        text,
                        "Redrive policy does not contain mandatory attribute: " + mandatory + ".");
            }
        }
        var target = QueueArn.of(text(members, "deadLetterTargetArn"));
        if (target.isEmpty()) {
            return wrong(text, "Invalid value for deadLetterTargetArn.");
        }
        var count = text(members, "maxReceiveCount");
        if (!isCount(count)) {
            return wrong(
                    text,
                    "Invalid value for maxReceiveCount: "
                            + count
                            + ", valid values are from 1 to 1000 both inclusive.");
        }
        return new Parsed(
                Optional.of(new RedrivePolicy(target.get(), Integer.parseInt(count))),
                Optional.empty());
    }

    /// What two policies have in common that differ only in how they were spelled.
    public String meaning() {
        return maxReceiveCount + " " + deadLetterTarget.account() + " " + deadLetterTarget.name();
    }

    /// The attribute's JSON.
    ///
    /// @param before as somebody spelled it once; null: nobody did
    public String spelledAs(@Nullable String before) {
        if (before != null
                && parse(before)
                        .policy()
                        .map(RedrivePolicy::meaning)
                        .equals(Optional.of(meaning()))) {
            return before;
        }
        return "{\"deadLetterTargetArn\":\"%s\",\"maxReceiveCount\":%d}"
                .formatted(deadLetterTarget.text(), maxReceiveCount);
    }

    private static String text(Map<String, JsonValue> members, String name) {
        return textOf(members.get(name));
    }

    static String textOf(@Nullable JsonValue value) {
        return switch (value) {
            case JsonValue.Text(String text) -> text;
            case JsonValue.Digits(String literal) -> literal;
            case JsonValue.Bool _, JsonValue.Structure _, JsonValue.Items _ -> "";
            case null -> "";
        };
    }

    private static boolean isCount(String text) {
        try {
            var count = Integer.parseInt(text);
            return 1 <= count && count <= COUNT_MAX;
        } catch (NumberFormatException e) {
            return false;
        }
    }

    private static Parsed wrong(String text, String reason) {
        return new Parsed(Optional.empty(), Optional.of(SqsError.invalid(text, NAME, reason)));
    }

    // ---- what only the queues tell

    public static SqsError targetDoesNotExist(String text) {
        return SqsError.invalid(text, NAME, "Dead letter target does not exist.");
    }

    public static SqsError targetIsOfAnotherType(String text) {
        return SqsError.invalid(
                text, NAME, "Dead-letter queue must be same type of queue as the source.");
    }
}
