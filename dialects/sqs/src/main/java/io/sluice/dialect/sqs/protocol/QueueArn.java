package io.sluice.dialect.sqs.protocol;

import java.util.Optional;
import java.util.regex.Pattern;

/// A queue's name in Amazon's whole world, as policies and dead letter settings have it.
public record QueueArn(String region, String account, String name) {
    private static final Pattern FORM =
            Pattern.compile("arn:aws[a-z-]*:sqs:([a-z0-9-]*):([A-Za-z0-9_-]*):([A-Za-z0-9_.-]+)");

    public static Optional<QueueArn> of(String text) {
        var form = FORM.matcher(text);
        return form.matches()
                ? Optional.of(new QueueArn(form.group(1), form.group(2), form.group(3)))
                : Optional.empty();
    }

    public String text() {
        return "arn:aws:sqs:" + region + ":" + account + ":" + name;
    }
}
