package io.sluice.admin.sluice;

import io.sluice.admin.http.Answer;
import io.sluice.admin.http.Call;
import io.sluice.admin.http.Resource;
import io.sluice.broker.queue.BreakerView.Wish;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/// `/api/sluice/queues/../breaker`: looked at, opened and closed by hand.
final class BreakersApi {
    private static final String PATH = "sluice/queues/{namespace}/{name}/breaker";

    private final Queues queues;
    private final Breakers breakers;

    BreakersApi(Queues queues, Breakers breakers) {
        this.queues = queues;
        this.breakers = breakers;
    }

    List<Resource> resources() {
        return List.of(
                Resource.at(PATH).get(Problem.in(call -> ask(call, Wish.LOOK))),
                Resource.at(PATH + "/open").post(Problem.in(call -> ask(call, Wish.OPEN))),
                Resource.at(PATH + "/close").post(Problem.in(call -> ask(call, Wish.CLOSE))));
    }

    private CompletableFuture<Answer> ask(Call call, Wish wish) {
        var queue = queues.existing(call);
        return breakers.ask(queue, wish)
                .thenApply(
                        view ->
                                view.map(Breakers::json)
                                        .map(Answer::ok)
                                        .orElseGet(() -> queues.missing(queue)));
    }
}
