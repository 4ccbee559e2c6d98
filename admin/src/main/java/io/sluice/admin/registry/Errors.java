package io.sluice.admin.registry;

import io.sluice.admin.http.Answer;
import io.sluice.admin.http.AnsweredException;
import io.sluice.admin.json.JsonObject;
import io.sluice.schema.registry.RegistryError;
import io.sluice.schema.registry.RegistryException;
import java.util.Map;
import java.util.Optional;

/// The registry's refusals as answers.
final class Errors {
    private static final int BAD_REQUEST = 400;
    private static final int STATUS_MAX = 999;

    private Errors() {}

    static Answer answer(RegistryError error) {
        return answer(error.code(), error.message());
    }

    static RegistryException refused(RegistryError error) {
        return new RegistryException(error);
    }

    /// A body that cannot be understood.
    static AnsweredException malformed(String message) {
        return new AnsweredException(answer(BAD_REQUEST, message));
    }

    /// The status is what the code begins with.
    private static Answer answer(int code, String message) {
        int status = code;
        while (status > STATUS_MAX) {
            status /= 10;
        }
        var body = JsonObject.object().put("error_code", code).put("message", message);
        return new Answer(status, Map.of(), Optional.of(body));
    }
}
