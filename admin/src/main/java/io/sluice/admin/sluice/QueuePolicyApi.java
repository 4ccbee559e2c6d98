package io.sluice.admin.sluice;

import io.sluice.admin.http.Answer;
import io.sluice.admin.http.Call;
import io.sluice.admin.http.Handler;
import io.sluice.admin.http.Resource;
import io.sluice.admin.json.JsonObject;
import io.sluice.admin.management.ManagementServices;
import io.sluice.broker.queue.Queue;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/// `/api/sluice/queues/../policy`: what holds and where it was set. What is set here goes before all other places.
final class QueuePolicyApi {
    private final ManagementServices services;
    private final Queues queues;

    QueuePolicyApi(ManagementServices services, Queues queues) {
        this.services = services;
        this.queues = queues;
    }

    List<Resource> resources() {
        return List.of(
                Resource.at("sluice/queues/{namespace}/{name}/policy")
                        .get(Problem.in(Handler.now(call -> shown(queues.existing(call)))))
                        .put(
                                Problem.in(
                                        call ->
                                                done(
                                                        call,
                                                        queues.replacePolicy(
                                                                queues.existing(call),
                                                                call.body().fields()))))
                        .patch(
                                Problem.in(
                                        call ->
                                                done(
                                                        call,
                                                        queues.changePolicy(
                                                                queues.existing(call),
                                                                call.body().fields()))))
                        .delete(
                                Problem.in(
                                        call ->
                                                done(
                                                        call,
                                                        queues.replacePolicy(
                                                                queues.existing(call),
                                                                JsonObject.object())))));
    }

    private CompletableFuture<Answer> done(Call call, CompletableFuture<?> change) {
        return change.thenApply(_ -> shown(queues.existing(call)));
    }

    private Answer shown(Queue queue) {
        var layers = services.broker().catalog().settings(queue).layers();
        return Answer.ok(
                JsonObject.object()
                        .put(
                                "effective",
                                SettingJson.effective(layers, setting -> !setting.isTopicOnly())));
    }
}
