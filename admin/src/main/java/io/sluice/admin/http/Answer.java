package io.sluice.admin.http;

import io.sluice.admin.json.Json;
import io.sluice.admin.json.JsonObject;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// What is said to a request.
///
/// @param headers beside those that every answer has
/// @param body none: an answer without a body
public record Answer(int status, Map<String, String> headers, Optional<Json> body) {
    private static final int OK = 200;
    private static final int CREATED = 201;
    private static final int NO_CONTENT = 204;
    private static final int BAD_REQUEST = 400;
    private static final int UNAUTHORIZED = 401;
    private static final int NOT_FOUND = 404;
    private static final int METHOD_NOT_ALLOWED = 405;
    private static final int UNAVAILABLE = 503;

    public Answer {
        headers = Map.copyOf(headers);
    }

    public static Answer ok(Json body) {
        return new Answer(OK, Map.of(), Optional.of(body));
    }

    public static Answer ok(List<? extends Json> items) {
        return ok(new Json.Array(List.copyOf(items)));
    }

    public static Answer created() {
        return new Answer(CREATED, Map.of(), Optional.empty());
    }

    /// @param location where it is, relative to the request's path
    public static Answer created(String location) {
        return new Answer(CREATED, Map.of("location", location), Optional.empty());
    }

    public static Answer noContent() {
        return new Answer(NO_CONTENT, Map.of(), Optional.empty());
    }

    /// What a PUT says: 201 for what was not there, 204 for what was.
    public static Answer put(boolean isNew) {
        return isNew ? created() : noContent();
    }

    public static Answer badRequest(Json reason) {
        return error(BAD_REQUEST, "bad_request", reason);
    }

    public static Answer badRequest(String reason) {
        return badRequest(Json.of(reason));
    }

    public static Answer notFound() {
        return error(NOT_FOUND, "Object Not Found", Json.of("Not Found"));
    }

    /// A command about something that is not there.
    public static Answer notFound(String reason) {
        return error(NOT_FOUND, "not_found", Json.of(reason));
    }

    /// Refused whoever asks, as for names that belong to the broker.
    public static Answer refused(String reason) {
        return error(UNAUTHORIZED, "not_authorised", Json.of(reason));
    }

    public static Answer unavailable(String reason) {
        return error(UNAVAILABLE, "unavailable", Json.of(reason));
    }

    /// A check that failed.
    public static Answer failed(JsonObject why) {
        return new Answer(UNAVAILABLE, Map.of(), Optional.of(why));
    }

    /// Nobody said who asks.
    static Answer loginNeeded() {
        return new Answer(UNAUTHORIZED, CHALLENGE, Optional.empty());
    }

    static Answer loginFailed() {
        return new Answer(
                UNAUTHORIZED,
                CHALLENGE,
                Optional.of(errorBody("not_authorized", Json.of("Login failed"))));
    }

    static Answer methodNotAllowed(String allowed) {
        return new Answer(METHOD_NOT_ALLOWED, Map.of("allow", allowed), Optional.empty());
    }

    static Answer options(String allowed) {
        return new Answer(OK, Map.of("allow", allowed), Optional.empty());
    }

    public static Answer error(int status, String error, Json reason) {
        return new Answer(status, Map.of(), Optional.of(errorBody(error, reason)));
    }

    private static final Map<String, String> CHALLENGE =
            Map.of("www-authenticate", "Basic realm=\"RabbitMQ Management\"");

    private static JsonObject errorBody(String error, Json reason) {
        return JsonObject.object().put("error", error).put("reason", reason);
    }
}
