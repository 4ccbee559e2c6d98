package io.sluice.admin.management;

import io.sluice.admin.http.Answer;
import io.sluice.admin.http.Call;
import io.sluice.admin.http.Handler;
import io.sluice.admin.http.Resource;
import io.sluice.admin.json.Json;
import io.sluice.admin.json.JsonObject;
import io.sluice.broker.routing.ExchangeType;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/// `/api/overview` and other small facts about the whole.
final class OverviewApi {
    private final ManagementServices services;
    private final Statuses statuses;

    OverviewApi(ManagementServices services, Statuses statuses) {
        this.services = services;
        this.statuses = statuses;
    }

    List<Resource> resources() {
        return List.of(
                Resource.at("overview").get(this::overview),
                Resource.at("whoami").get(Handler.now(OverviewApi::whoami)),
                Resource.at("extensions").get(Handler.now(_ -> Answer.ok(List.of()))),
                Resource.at("feature-flags").get(Handler.now(_ -> Answer.ok(List.of()))),
                Resource.at("auth").get(Handler.now(_ -> auth())),
                Resource.at("auth/attempts/{node}").get(Handler.now(_ -> Answer.ok(List.of()))),
                Resource.at("auth/attempts/{node}/source")
                        .get(Handler.now(_ -> Answer.ok(List.of()))),
                Resource.at("rebalance/queues").post(Handler.now(_ -> Answer.noContent())));
    }

    private CompletableFuture<Answer> overview(Call call) {
        return statuses.ofAll().thenApply(figures -> Answer.ok(overview(figures.values())));
    }

    private JsonObject overview(Collection<QueueFigures> queues) {
        var facts = services.node().facts();
        return JsonObject.object()
                .put("management_version", facts.compatibleVersion())
                .put("rates_mode", "basic")
                .put("product_name", facts.product())
                .put("product_version", facts.compatibleVersion())
                .put("rabbitmq_version", facts.compatibleVersion())
                .put("sluice_version", facts.version())
                .put("erlang_version", "")
                .put("erlang_full_version", "")
                .put("cluster_name", new ClusterName(services).text())
                .put("node", facts.name())
                .put("exchange_types", exchangeTypes())
                .put("disable_stats", false)
                .put("enable_queue_totals", false)
                .put("statistics_db_event_queue", 0)
                .put("message_stats", Stats.messageStats(queues))
                .put("queue_totals", Stats.messages(queues))
                .put("object_totals", objectTotals(queues))
                .put("churn_rates", JsonObject.object())
                .put("listeners", NodeJson.listeners(facts))
                .put("contexts", NodeJson.contexts(facts));
    }

    private JsonObject objectTotals(Collection<QueueFigures> queues) {
        var catalog = services.broker().catalog();
        var connections = services.connections().all();
        return JsonObject.object()
                .put("channels", connections.stream().mapToInt(c -> c.channels().size()).sum())
                .put("connections", connections.size())
                .put(
                        "consumers",
                        queues.stream().mapToInt(q -> q.status().consumers().size()).sum())
                .put(
                        "exchanges",
                        catalog.namespaces().stream()
                                .mapToInt(vhost -> catalog.exchanges(vhost).size())
                                .sum())
                .put("queues", catalog.queues().size());
    }

    static Json exchangeTypes() {
        return new Json.Array(
                Arrays.stream(ExchangeType.values())
                        .<Json>map(
                                type ->
                                        JsonObject.object()
                                                .put("name", type.text())
                                                .put("description", type.text() + " exchange")
                                                .put("enabled", true))
                        .toList());
    }

    private static Answer whoami(Call call) {
        return Answer.ok(
                JsonObject.object()
                        .put("name", call.user().name())
                        .put("tags", Json.texts(call.user().tags())));
    }

    private static Answer auth() {
        return Answer.ok(JsonObject.object().put("oauth_enabled", false));
    }
}
