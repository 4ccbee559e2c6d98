package io.sluice.admin.sluice;

import io.sluice.admin.http.Answer;
import io.sluice.admin.http.Call;
import io.sluice.admin.http.Handler;
import io.sluice.admin.http.Resource;
import io.sluice.admin.json.JsonObject;
import io.sluice.admin.management.ManagementServices;
import io.sluice.broker.Topic;
import io.sluice.broker.policy.PolicySetting;
import java.util.List;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;

/// `/api/sluice/topics`: what there is, making, changing and deleting it, and its policy.
final class TopicsApi {
    private final ManagementServices services;
    private final Topics topics;

    TopicsApi(ManagementServices services, Topics topics) {
        this.services = services;
        this.topics = topics;
    }

    List<Resource> resources() {
        return List.of(
                Resource.at("sluice/topics").get(Problem.in(Handler.now(_ -> list()))),
                Resource.at("sluice/topics/{name}")
                        .get(Problem.in(Handler.now(call -> Answer.ok(json(named(call))))))
                        .put(Problem.in(this::put))
                        .delete(
                                Problem.in(
                                        call ->
                                                topics.delete(call.variable("name"))
                                                        .thenApply(_ -> Answer.noContent()))),
                Resource.at("sluice/topics/{name}/policy")
                        .get(Problem.in(Handler.now(call -> Answer.ok(policy(named(call))))))
                        .patch(Problem.in(this::patch)));
    }

    private Answer list() {
        return Answer.ok(topics.all().stream().map(this::json).toList());
    }

    private Topic named(Call call) {
        return topics.existing(call.variable("name"));
    }

    private CompletableFuture<Answer> put(Call call) {
        return topics.put(call.variable("name"), call.body().fields()).thenApply(Answer::put);
    }

    private CompletableFuture<Answer> patch(Call call) {
        return topics.changePolicy(call.variable("name"), call.body().fields())
                .thenApply(_ -> Answer.ok(policy(named(call))));
    }

    private static JsonObject policy(Topic topic) {
        return JsonObject.object()
                .put("effective", SettingJson.effective(Topics.layers(topic), _ -> true));
    }

    private JsonObject json(Topic topic) {
        var config = JsonObject.object();
        new TreeMap<>(topic.config())
                .forEach((name, value) -> config.put(name, isSecret(name) ? hidden() : value));
        var queues =
                services.broker().catalog().queuesOf(topic.id()).stream()
                        .map(
                                queue ->
                                        JsonObject.object()
                                                .put("namespace", queue.namespace())
                                                .put("name", queue.name()))
                        .toList();
        return JsonObject.object()
                .put("name", topic.name())
                .put("id", topic.id().toString())
                .put("partitions", topic.partitions())
                .put("created", Moments.text(topic.createdMillis()))
                .put("config", config)
                .put("queues", queues);
    }

    private static boolean isSecret(String name) {
        return PolicySetting.ofKafkaName(name).filter(PolicySetting::isSecret).isPresent();
    }

    private static String hidden() {
        return PolicySetting.HIDDEN;
    }
}
