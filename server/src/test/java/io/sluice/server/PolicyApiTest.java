package io.sluice.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.admin.json.Json;
import io.sluice.admin.json.JsonObject;
import io.sluice.admin.json.JsonReader;
import io.sluice.broker.policy.PolicySetting;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/// `/api/sluice`: topics, queues and their policies.
final class PolicyApiTest extends ServerBench {
    private static final String QUEUE = "queues/%2F/q";

    @Test
    void everySettingIsInTheTable() throws Exception {
        var rows = items(call("GET", "policy-settings", ""));

        assertThat(rows).hasSize(PolicySetting.values().length);
        assertThat(rows.getFirst())
                .isEqualTo(
                        object(
                                """
                                {"name":"retry.immediate","type":"count","range":"0 to 1000","default":0,
                                 "scope":"queue","secret":false,
                                 "documentation":"So many failed tries are followed by another one at once; backoff begins behind them.",
                                 "kafka_config":"sluice.retry.immediate","amqp_argument":"x-sluice-retry-immediate",
                                 "policy_key":"sluice-retry-immediate","sqs_tag":"sluice:retry.immediate"}"""));
        assertThat(rows)
                .filteredOn(row -> row.text("scope").equals(Optional.of("topic")))
                .extracting(row -> row.text("name").orElseThrow())
                .isNotEmpty()
                .allSatisfy(name -> assertThat(name).startsWith("schema."));
        assertThat(rows)
                .filteredOn(row -> Json.of(true).equals(row.find("secret")))
                .extracting(row -> row.text("name").orElseThrow())
                .containsExactly("push.secret");
    }

    @Test
    void aTopicIsMadeGrownToldAndDeleted() throws Exception {
        var topic = "topics/payments";
        assertThat(
                        call(
                                        "PUT",
                                        topic,
                                        "{\"partitions\":2,\"config\":{\"retention.ms\":\"5000\"}}")
                                .statusCode())
                .isEqualTo(201);
        assertThat(call("PUT", topic, "{\"partitions\":3}").statusCode()).isEqualTo(204);
        var shown = object(call("GET", topic, "").body());
        assertThat(shown.find("partitions")).isEqualTo(Json.of(3));
        assertThat(shown.child("config").orElseThrow().text("retention.ms")).contains("5000");
        assertThat(problem(call("PUT", topic, "{\"partitions\":1}"), 422))
                .startsWith("the topic 'payments' has 3 partitions");
        assertThat(problem(call("PUT", topic, "{\"partition\":1}"), 400))
                .isEqualTo("'partition' is not known here; there are partitions, config, policy");
        assertThat(problem(call("PUT", "topics/a%20b", "{}"), 422)).contains("a b");

        assertThat(source(call("GET", topic + "/policy", ""), "schema.type")).isEqualTo("default");
        var told = call("PATCH", topic + "/policy", "{\"retry.max.attempts\":4}");
        assertThat(value(told, "retry.max.attempts")).isEqualTo(Json.of(4));
        assertThat(source(told, "retry.max.attempts")).isEqualTo("topic");
        assertThat(problem(call("PATCH", topic + "/policy", "{\"retry.max.attempts\":0}"), 422))
                .isEqualTo("retry.max.attempts must be 1 to 1000000");
        told = call("PATCH", topic + "/policy", "{\"retry.max.attempts\":null}");
        assertThat(source(told, "retry.max.attempts")).isEqualTo("default");

        assertThat(call("DELETE", topic, "").statusCode()).isEqualTo(204);
        assertThat(problem(call("GET", topic, ""), 404)).isEqualTo("no topic 'payments'");
    }

    @Test
    void aQueuesPolicyIsTheStrongestAndSurvivesARestart() throws Exception {
        assertThat(
                        call(
                                        "PUT",
                                        QUEUE,
                                        """
                                        {"arguments":{"x-sluice-retry-initial-ms":100,"x-sluice-retry-max-attempts":7},
                                         "policy":{"retry.max.attempts":3}}""")
                                .statusCode())
                .isEqualTo(201);
        var policy = call("GET", QUEUE + "/policy", "");
        assertThat(value(policy, "retry.max.attempts")).isEqualTo(Json.of(3));
        assertThat(source(policy, "retry.max.attempts")).isEqualTo("attribute");
        assertThat(source(policy, "retry.initial.ms")).isEqualTo("argument");
        assertThat(source(policy, "retry.jitter")).isEqualTo("default");

        policy =
                call(
                        "PATCH",
                        QUEUE + "/policy",
                        "{\"retry.jitter\":\"none\",\"retry.max.attempts\":null}");
        assertThat(value(policy, "retry.max.attempts")).isEqualTo(Json.of(7));
        assertThat(source(policy, "retry.max.attempts")).isEqualTo("argument");
        assertThat(value(policy, "retry.jitter")).isEqualTo(Json.of("none"));

        restart();
        assertThat(source(call("GET", QUEUE + "/policy", ""), "retry.jitter"))
                .isEqualTo("attribute");

        policy = call("PUT", QUEUE + "/policy", "{\"breaker.failure.percent\":50}");
        assertThat(source(policy, "retry.jitter")).isEqualTo("default");
        assertThat(value(policy, "breaker.failure.percent")).isEqualTo(Json.of(50));
        policy = call("DELETE", QUEUE + "/policy", "");
        assertThat(source(policy, "breaker.failure.percent")).isEqualTo("default");
        assertThat(source(policy, "retry.initial.ms")).isEqualTo("argument");
    }

    @Test
    void whatIsWrongWithASettingIsSaid() throws Exception {
        call("PUT", QUEUE, "{}");
        var path = QUEUE + "/policy";
        assertThat(problem(call("PATCH", path, "{\"retry.initial.ms\":-1}"), 422))
                .isEqualTo("retry.initial.ms must be 0 to 604800000");
        assertThat(problem(call("PATCH", path, "{\"retry.initail.ms\":1}"), 422))
                .startsWith("retry.initail.ms is not a setting that there is");
        assertThat(problem(call("PATCH", path, "{\"schema.type\":\"json\"}"), 422))
                .startsWith("schema.type belongs to a topic");
        assertThat(problem(call("PATCH", path, "{\"retry.initial.ms\":[1]}"), 422))
                .isEqualTo("retry.initial.ms must be a number, a string, true, false or null");
        call("PATCH", path, "{\"retry.max.ms\":1000}");
        assertThat(problem(call("PATCH", path, "{\"retry.initial.ms\":2000}"), 422))
                .isEqualTo(
                        "retry.initial.ms is 2000 and must not be larger than retry.max.ms, which is 1000");
        assertThat(problem(call("PATCH", path, "["), 400)).isEqualTo("not_json");
        assertThat(problem(call("GET", "queues/%2F/none/policy", ""), 404))
                .isEqualTo("no queue 'none' in namespace '/'");
    }

    @Test
    void aSecretIsNotShown() throws Exception {
        var policy = "{\"push.url\":\"http://127.0.0.1:1/\",\"push.secret\":\"hush\"}";
        call("PUT", QUEUE, "{\"policy\":" + policy + "}");
        for (var path : List.of(QUEUE, QUEUE + "/policy")) {
            assertThat(call("GET", path, "").body()).contains("[hidden]").doesNotContain("hush");
        }
        assertThat(problem(call("PATCH", QUEUE + "/policy", "{\"push.secret\":\"[hidden]\"}"), 422))
                .startsWith("push.secret must not be [hidden]");
        call("PUT", "topics/t", "{\"config\":{\"sluice.push.secret\":\"hush\"}}");
        assertThat(call("GET", "topics/t", "").body()).contains("[hidden]").doesNotContain("hush");
    }

    @Test
    void aQueueShowsWhatItHoldsAndItsBreakerAnswers() throws Exception {
        call("PUT", "topics/events", "{\"partitions\":2}");
        assertThat(call("PUT", QUEUE, "{\"topic\":\"events\"}").statusCode()).isEqualTo(201);
        assertThat(call("PUT", QUEUE, "{\"topic\":\"events\"}").statusCode()).isEqualTo(204);
        assertThat(problem(call("PUT", "queues/%2F/r", "{\"topic\":\"none\"}"), 404))
                .isEqualTo("no topic 'none'");
        call("PUT", "topics/others", "{}");
        assertThat(problem(call("PUT", QUEUE, "{\"topic\":\"others\"}"), 409))
                .isEqualTo("the queue 'q' is there and gets another topic's messages");
        assertThat(problem(call("PUT", "queues/none/r", "{}"), 404))
                .isEqualTo("no namespace 'none'");
        var published =
                call(
                        "POST",
                        QUEUE + "/messages",
                        "{\"body\":\"hello\",\"key\":\"k\",\"headers\":{\"a\":1}}");
        assertThat(published.statusCode()).isEqualTo(201);
        assertThat(published.body()).isEqualTo("{\"partition\":0,\"offset\":0}");
        call("POST", QUEUE + "/messages", "{\"body_base64\":\"/w==\"}");

        var shown = object(call("GET", QUEUE, "").body());
        assertThat(shown.find("ready")).isEqualTo(Json.of(2));
        assertThat(shown.find("partitions")).isEqualTo(Json.of(2));
        assertThat(shown.text("topic")).contains("events");
        assertThat(shown.text("oldest_ready")).isPresent();
        assertThat(shown.find("next_due")).isEqualTo(Json.nothing());
        assertThat(shown.child("breaker").orElseThrow().text("state")).contains("closed");
        assertThat(items(call("GET", "queues?namespace=%2F", "")))
                .extracting(row -> row.find("name"))
                .contains(Json.of("q"));

        var peeked = call("GET", QUEUE + "/messages?limit=5", "").body();
        assertThat(peeked)
                .containsSubsequence(
                        "\"offset\":0",
                        "\"state\":\"ready\"",
                        "\"key\":\"k\"",
                        "\"headers\":{\"a\":1}",
                        "\"body\":\"hello\"",
                        "\"offset\":1",
                        "\"body_base64\":\"/w==\"");
        assertThat(problem(call("GET", QUEUE + "/messages?limit=0", ""), 400))
                .isEqualTo("'limit' must be 1 to 1000");
        assertThat(problem(call("POST", QUEUE + "/messages", "{}"), 400))
                .isEqualTo("a message has either 'body' or 'body_base64'");

        assertThat(object(call("GET", QUEUE + "/breaker", "").body()).text("state"))
                .contains("closed");
        assertThat(call("POST", QUEUE + "/breaker/open", "").statusCode()).isEqualTo(200);
        assertThat(problem(call("DELETE", QUEUE + "?if_empty=true", ""), 409)).isNotEmpty();
        assertThat(call("DELETE", QUEUE, "").statusCode()).isEqualTo(204);
        assertThat(call("GET", "topics/events", "").statusCode()).isEqualTo(200);
    }

    private static String source(HttpResponse<String> answer, String setting) {
        return shown(answer, setting).text("source").orElseThrow();
    }

    private static Json value(HttpResponse<String> answer, String setting) {
        return Objects.requireNonNull(shown(answer, setting).find("value"));
    }

    private static JsonObject shown(HttpResponse<String> answer, String setting) {
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return object(answer.body())
                .child("effective")
                .flatMap(all -> all.child(setting))
                .orElseThrow();
    }

    private static String problem(HttpResponse<String> answer, int status) {
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
        assertThat(answer.headers().firstValue("content-type"))
                .contains("application/problem+json");
        return object(answer.body()).text("detail").orElseThrow();
    }

    private static JsonObject object(String text) {
        return (JsonObject) JsonReader.read(text).orElseThrow();
    }

    private static List<JsonObject> items(HttpResponse<String> answer) {
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return ((Json.Array) JsonReader.read(answer.body()).orElseThrow())
                .items().stream().map(JsonObject.class::cast).toList();
    }

    private HttpResponse<String> call(String method, String path, String body) throws Exception {
        return admin(method, "/api/sluice/" + path, body);
    }
}
