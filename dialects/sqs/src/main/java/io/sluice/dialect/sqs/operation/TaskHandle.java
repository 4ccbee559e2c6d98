package io.sluice.dialect.sqs.operation;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Base64;
import java.util.Optional;
import java.util.regex.Pattern;

/// What a running move task is known by to those who cancel it: base64 of `{"taskId":"...","sourceArn":"..."}`.
record TaskHandle(String taskId, String sourceArn) {
    private static final Pattern JSON =
            Pattern.compile("\\{\"taskId\":\"([^\"]+)\",\"sourceArn\":\"([^\"]+)\"}");

    /// Empty when it is none.
    static Optional<TaskHandle> of(String text) {
        String json;
        try {
            json = new String(Base64.getDecoder().decode(text), UTF_8);
        } catch (IllegalArgumentException notOurs) {
            return Optional.empty();
        }
        var fields = JSON.matcher(json);
        return fields.matches()
                ? Optional.of(new TaskHandle(fields.group(1), fields.group(2)))
                : Optional.empty();
    }

    String text() {
        var json = "{\"taskId\":\"" + taskId + "\",\"sourceArn\":\"" + sourceArn + "\"}";
        return Base64.getEncoder().encodeToString(json.getBytes(UTF_8));
    }
}
