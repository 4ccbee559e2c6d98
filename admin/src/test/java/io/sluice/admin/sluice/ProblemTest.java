package io.sluice.admin.sluice;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.admin.http.Answer;
import io.sluice.admin.http.AnsweredException;
import io.sluice.admin.http.Call;
import io.sluice.admin.http.Handler;
import io.sluice.admin.http.Query;
import io.sluice.admin.http.Request;
import io.sluice.admin.management.RefusedException;
import io.sluice.broker.BrokerError;
import io.sluice.broker.security.User;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

final class ProblemTest {
    @Test
    void aProblemIsOfItsOwnContentTypeAndSaysWhatRfc9457Wants() {
        var answer = Problem.NOT_FOUND.answer("queue 'a' does not exist");
        assertThat(answer.status()).isEqualTo(404);
        assertThat(answer.headers()).containsEntry("content-type", "application/problem+json");
        assertThat(answer.body().orElseThrow().text())
                .isEqualTo(
                        "{\"type\":\"urn:sluice:problem:not-found\",\"title\":\"There is no such thing\","
                                + "\"status\":404,\"detail\":\"queue 'a' does not exist\"}");
    }

    @Test
    void whatTheBrokerRefusesIsAProblem() {
        var late =
                CompletableFuture.<Answer>failedFuture(
                        new RefusedException(new BrokerError.QueueFull("it is full")));
        assertThat(answer(_ -> late).status()).isEqualTo(409);
    }

    @Test
    void whatARequestsPartsRefuseInOtherWordsIsAProblemToo() {
        var answer =
                answer(call -> CompletableFuture.completedFuture(Answer.ok(call.body().fields())));
        assertThat(answer.headers()).containsEntry("content-type", "application/problem+json");
        assertThat(answer.body().orElseThrow().text()).contains("\"detail\":\"not_json\"");
    }

    @Test
    void anAnswerThatAHandlerEndsWithStaysWhatItIs() {
        var answer =
                answer(
                        _ -> {
                            throw new AnsweredException(Problem.CONFLICT.answer("no"));
                        });
        assertThat(answer.body().orElseThrow().text()).contains("\"detail\":\"no\"");
    }

    private static Answer answer(Handler handler) {
        var request =
                new Request(
                        "PUT",
                        "/api/sluice/x",
                        Optional.empty(),
                        Optional.empty(),
                        ByteBuffer.wrap(new byte[] {'{'}),
                        InetAddress.getLoopbackAddress());
        var user = new User("guest", List.of());
        return Problem.in(handler)
                .answer(new Call(request, Map.of(), new Query(Map.of()), user))
                .join();
    }
}
