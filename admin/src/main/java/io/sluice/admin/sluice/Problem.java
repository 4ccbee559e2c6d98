package io.sluice.admin.sluice;

import io.sluice.admin.http.Answer;
import io.sluice.admin.http.AnsweredException;
import io.sluice.admin.http.Call;
import io.sluice.admin.http.Handler;
import io.sluice.admin.json.Json;
import io.sluice.admin.json.JsonObject;
import io.sluice.admin.management.RefusedException;
import io.sluice.broker.BrokerError;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

/// Why a request was not done, as RFC 9457 has it: `{type, title, status, detail}`. A type is told apart by programs, the detail is for people.
public enum Problem {
    INVALID(400, "invalid", "The request is not what it should be"),
    NOT_FOUND(404, "not-found", "There is no such thing"),
    CONFLICT(409, "conflict", "It does not fit what is there"),
    WRONG_SETTING(422, "wrong-setting", "A setting is not what it may be"),
    TOO_LARGE(413, "too-large", "It is larger than allowed"),
    UNAVAILABLE(503, "unavailable", "It cannot be done now");

    private static final Map<String, String> HEADERS =
            Map.of("content-type", "application/problem+json");
    private static final int FAILED = 400;

    private final int status;
    private final String type;
    private final String title;

    Problem(int status, String type, String title) {
        this.status = status;
        this.type = type;
        this.title = title;
    }

    /// @param detail one sentence that a person can act on
    public Answer answer(String detail) {
        return answer(status, type, title, detail);
    }

    /// Ends a handler early.
    public AnsweredException ends(String detail) {
        return new AnsweredException(answer(detail));
    }

    public static Answer of(BrokerError error) {
        var problem =
                switch (error) {
                    case BrokerError.UnknownTopic _,
                            BrokerError.UnknownPartition _,
                            BrokerError.UnknownQueue _,
                            BrokerError.UnknownExchange _ ->
                            NOT_FOUND;
                    case BrokerError.TopicExists _,
                            BrokerError.QueueExists _,
                            BrokerError.ExchangeExists _,
                            BrokerError.InUse _,
                            BrokerError.NotEmpty _,
                            BrokerError.QueueFull _,
                            BrokerError.OutOfOrderSequence _,
                            BrokerError.UnknownProducer _,
                            BrokerError.StaleProducerEpoch _ ->
                            CONFLICT;
                    case BrokerError.TooLarge _ -> TOO_LARGE;
                    case BrokerError.Invalid _,
                            BrokerError.InvalidPartitionCount _,
                            BrokerError.OffsetOutOfRange _,
                            BrokerError.InvalidRecords _,
                            BrokerError.Corrupt _ ->
                            INVALID;
                    case BrokerError.StorageFull _,
                            BrokerError.StorageFailed _,
                            BrokerError.Overloaded _,
                            BrokerError.Unavailable _ ->
                            UNAVAILABLE;
                };
        return problem.answer(error.message());
    }

    /// The handler, whatever ends it early said as a problem.
    public static Handler in(Handler handler) {
        return call -> answered(handler, call).exceptionally(Problem::ofFailure);
    }

    private static CompletableFuture<Answer> answered(Handler handler, Call call) {
        try {
            return handler.answer(call);
        } catch (AnsweredException | RefusedException ended) {
            return CompletableFuture.failedFuture(ended);
        }
    }

    private static Answer ofFailure(Throwable failure) {
        var cause = failure;
        while (cause instanceof CompletionException && cause.getCause() != null) {
            cause = cause.getCause();
        }
        return switch (cause) {
            case AnsweredException ended -> translated(ended.answer());
            case RefusedException refused -> of(refused.error());
            case null, default -> throw new CompletionException(cause);
        };
    }

    /// What the parts of the management API say in RabbitMQ's words, such as that a body is no JSON.
    private static Answer translated(Answer answer) {
        if (answer.status() < FAILED || answer.headers().containsKey("content-type")) {
            return answer;
        }
        var detail =
                answer.body()
                        .filter(JsonObject.class::isInstance)
                        .map(body -> ((JsonObject) body).find("reason"))
                        .map(
                                reason ->
                                        reason instanceof Json.Text(String text)
                                                ? text
                                                : reason.text())
                        .orElse("");
        for (var problem : values()) {
            if (problem.status == answer.status()) {
                return problem.answer(detail);
            }
        }
        return answer(answer.status(), "refused", "It was refused", detail);
    }

    private static Answer answer(int status, String type, String title, String detail) {
        return new Answer(
                status,
                HEADERS,
                Optional.of(
                        JsonObject.object()
                                .put("type", "urn:sluice:problem:" + type)
                                .put("title", title)
                                .put("status", status)
                                .put("detail", detail)));
    }
}
