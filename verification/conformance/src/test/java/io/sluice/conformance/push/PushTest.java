package io.sluice.conformance.push;

import static org.assertj.core.api.Assertions.assertThat;

import com.rabbitmq.client.AMQP;
import io.sluice.conformance.process.Until;
import io.sluice.conformance.push.Webhook.Answer;
import io.sluice.conformance.support.AmqpClients;
import io.sluice.conformance.support.Clients;
import io.sluice.conformance.support.Conformance;
import io.sluice.conformance.support.ManagementAddress;
import io.sluice.conformance.support.SqsClients;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

/// What an endpoint gets.
@Conformance
class PushTest extends PushBench {
    @Test
    void whatIsPublishedOverAmqpIsPostedAndGone(AmqpClients amqp) throws Exception {
        try (var webhook = Webhook.answering(204)) {
            var queue = queue(amqp, webhook, Map.of());
            var properties =
                    new AMQP.BasicProperties.Builder()
                            .deliveryMode(2)
                            .contentType("application/json")
                            .type("order.paid")
                            .messageId("m-1")
                            .headers(Map.of("tenant", "caf\u00e9 1", "bad\r\nname", "a\r\nb: c"))
                            .build();
            amqp.publish("", queue, properties, "{\"a\":1}");

            Until.holds("it is posted", () -> webhook.requests().size() == 1);

            var request = webhook.requests().getFirst();
            assertThat(request.body()).isEqualTo("{\"a\":1}");
            assertThat(request.path()).isEqualTo("/hook?token=hidden");
            assertThat(request.header("Content-Type")).isEqualTo("application/json");
            assertThat(request.header("ce-specversion")).isEqualTo("1.0");
            assertThat(request.header("ce-id")).isEqualTo("m-1");
            assertThat(request.header("ce-type")).isEqualTo("order.paid");
            assertThat(request.header("ce-source")).isEqualTo("/sluice/" + queue);
            assertThat(request.header("ce-time")).endsWith("Z");
            assertThat(request.header("Sluice-Queue")).isEqualTo(queue);
            assertThat(request.header("Sluice-Attempt")).isEqualTo("1");
            assertThat(request.header("Sluice-Header-tenant")).isEqualTo("caf%C3%A9%201");
            assertThat(request.header("Sluice-Header-bad%0D%0Aname")).isEqualTo("a%0D%0Ab:%20c");
            assertThat(request.headers()).doesNotContainKey("webhook-signature");
            gone(amqp, queue);
            assertThat(webhook.requests()).hasSize(1);
        }
    }

    @Test
    void anEventThatIsPublishedOverAmqpStaysTheSameOne(AmqpClients amqp) throws Exception {
        try (var webhook = Webhook.answering(204)) {
            var queue = queue(amqp, webhook, Map.of());
            var event = Map.<String, Object>of("cloudEvents:id", "e-7", "cloudEvents:type", "t");
            var properties =
                    new AMQP.BasicProperties.Builder().messageId("m-1").headers(event).build();
            amqp.publish("", queue, properties, "a");

            Until.holds("it is posted", () -> webhook.requests().size() == 1);

            var request = webhook.requests().getFirst();
            assertThat(request.header("ce-id")).isEqualTo("e-7");
            assertThat(request.header("webhook-id")).isEqualTo("e-7");
            assertThat(request.header("ce-type")).isEqualTo("t");
            assertThat(request.headers()).doesNotContainKey("Sluice-Header-cloudEvents:type");
        }
    }

    @Test
    void whatIsSentBySqsIsPosted(AmqpClients amqp, SqsClients sqs) throws Exception {
        try (var webhook = Webhook.answering(200)) {
            var queue = queue(amqp, webhook, Map.of());
            var url = sqs.client().getQueueUrl(b -> b.queueName(queue)).queueUrl();
            var id =
                    sqs.client()
                            .sendMessage(
                                    b -> b.queueUrl(url).messageBody("a").messageGroupId("tenant"))
                            .messageId();

            Until.holds("it is posted", () -> webhook.requests().size() == 1);

            var request = webhook.requests().getFirst();
            assertThat(request.body()).isEqualTo("a");
            assertThat(request.header("ce-id")).isEqualTo(id);
            assertThat(request.header("ce-subject")).isEqualTo("tenant");
            assertThat(request.header("Sluice-Key")).isEqualTo("tenant");
        }
    }

    @Test
    void whatKafkaProducesIsPostedFromEveryPartitionWithItsCloudEventsAttributes(
            AmqpClients amqp, Clients kafka) throws Exception {
        try (var webhook = Webhook.answering(200)) {
            var topic = kafka.topic("pushed", 3);
            var queue = queue(amqp, webhook, Map.of("x-sluice-topic", topic));
            var record = new ProducerRecord<>(topic, 1, "key", "event");
            Map.of("ce_type", "t", "ce_source", "/s", "ce_id", "7", "ce_specversion", "1.0")
                    .forEach((name, value) -> record.headers().add(name, bytes(value)));
            var _ = Clients.send(kafka.producer(Map.of()), List.of(record));
            var _ = kafka.write(topic, 0, List.of("a", "b"));
            var _ = kafka.write(topic, 2, List.of("c"));

            Until.holds("all are posted", () -> webhook.requests().size() == 4);

            assertThat(webhook.bodies()).containsExactlyInAnyOrder("event", "a", "b", "c");
            var event = find(webhook, "event");
            assertThat(event.header("ce-type")).isEqualTo("t");
            assertThat(event.header("ce-source")).isEqualTo("/s");
            assertThat(event.header("ce-id")).isEqualTo("7");
            assertThat(event.header("ce-subject")).isEqualTo("key");
            assertThat(event.headers()).doesNotContainKey("Sluice-Header-ce_type");
            assertThat(find(webhook, "a").header("ce-type")).isEqualTo("io.sluice.message");
            assertThat(find(webhook, "a").header("ce-id")).endsWith("/0/0");
            assertThat(find(webhook, "a").header("ce-source")).isEqualTo("/sluice/" + queue);
        }
    }

    @Test
    void twoSecretsSignTwiceAndBothVerify(AmqpClients amqp) throws Exception {
        try (var webhook = Webhook.answering(200)) {
            var encoded = Base64.getEncoder().encodeToString(bytes("old key"));
            var queue =
                    queue(
                            amqp,
                            webhook,
                            Map.of("x-sluice-push-secret", "new-key whsec_" + encoded));
            amqp.publish(queue, "signed \u20ac");

            Until.holds("it is posted", () -> webhook.requests().size() == 1);

            var request = webhook.requests().getFirst();
            var signatures = request.header("webhook-signature").split(" ", -1);
            assertThat(signatures)
                    .containsExactly(sign("new-key", request), sign("old key", request));
            assertThat(request.header("webhook-id")).isEqualTo(request.header("ce-id"));
            assertThat(Long.parseLong(request.header("webhook-timestamp")))
                    .isCloseTo(System.currentTimeMillis() / 1000, Offset.offset(60L));
        }
    }

    @Test
    void aMessageThatWasThereBeforeItsQueuePushesIsPosted(AmqpClients amqp, Clients kafka)
            throws Exception {
        try (var webhook = Webhook.answering(200)) {
            var topic = kafka.topic("before", 1);
            var _ = kafka.write(topic, 0, List.of("a", "b"));
            var arguments = new HashMap<String, Object>(arguments(webhook));
            arguments.put("x-sluice-topic", topic);
            var _ = amqp.queue("late", arguments);

            Until.holds("both are posted", () -> webhook.requests().size() == 2);
        }
    }

    @Test
    void aDeletedQueueIsNoLongerPushed(AmqpClients amqp, ManagementAddress management)
            throws Exception {
        try (var webhook = Webhook.answering(200)) {
            var queue = queue(amqp, webhook, Map.of());
            Until.holds(
                    "it is listed",
                    () -> management.call("GET", "sluice/push", "").body().contains(queue));
            try (var channel = amqp.channel()) {
                channel.queueDelete(queue);
            }

            Until.holds(
                    "it is not listed",
                    () -> !management.call("GET", "sluice/push", "").body().contains(queue));
        }
    }

    @Test
    void aPolicyThatIsSetLaterPushesAndOneThatIsTakenAwayDoesNot(
            AmqpClients amqp, ManagementAddress management) throws Exception {
        try (var first = Webhook.answering(200);
                var second = Webhook.answering(200)) {
            var queue = amqp.queue("policy");
            amqp.publish(queue, "a");
            policy(management, queue, first);
            Until.holds("the first gets it", () -> first.bodies().equals(List.of("a")));

            policy(management, queue, second);
            Until.holds(
                    "the second is listed",
                    () ->
                            management
                                    .call("GET", "sluice/push", "")
                                    .body()
                                    .contains(second.url().replace("?token=hidden", "")));
            amqp.publish(queue, "b");
            Until.holds("the second gets it", () -> second.bodies().equals(List.of("b")));

            assertThat(management.call("DELETE", "policies/%2F/" + queue, "").statusCode())
                    .isEqualTo(204);
            Until.holds(
                    "nobody is listed",
                    () -> !management.call("GET", "sluice/push", "").body().contains(queue));
            amqp.publish(queue, "c");
            Until.holds("it stays", () -> amqp.ready(queue) == 1);
            assertThat(first.bodies()).containsExactly("a");
            assertThat(second.bodies()).containsExactly("b");
        }
    }

    @Test
    void theStateOfAnEndpointIsShownWithoutWhatIsSecret(
            AmqpClients amqp, ManagementAddress management) throws Exception {
        try (var webhook = new Webhook(_ -> new Answer(500, Map.of(), "broken"))) {
            var queue =
                    queue(
                            amqp,
                            webhook,
                            Map.of(
                                    "x-sluice-push-secret",
                                    "top-secret",
                                    "x-sluice-retry-initial-ms",
                                    300_000));
            amqp.publish(queue, "a");
            Until.holds("it is posted", () -> webhook.requests().size() == 1);

            Until.holds(
                    "it is shown",
                    () -> management.call("GET", "sluice/push", "").body().contains("http_500"));
            var shown = management.call("GET", "sluice/push", "").body();
            assertThat(shown)
                    .contains("\"queue\":\"" + queue + "\"")
                    .contains("\"5xx\":1")
                    .contains("\"last_status\":500")
                    .contains("\"text\":\"broken\"")
                    .contains("\"limit_max\":16")
                    .contains("/hook\"")
                    .doesNotContain("hidden")
                    .doesNotContain("top-secret");
            assertThat(metrics(management))
                    .contains(
                            "sluice_push_requests_total{namespace=\"/\",outcome=\"5xx\",queue=\""
                                    + queue
                                    + "\"} 1");
        }
    }

    private static String metrics(ManagementAddress management) throws Exception {
        var address = "http://" + management.host() + ":" + management.port() + "/metrics";
        try (var client = HttpClient.newHttpClient()) {
            return client.send(
                            HttpRequest.newBuilder(URI.create(address)).build(),
                            HttpResponse.BodyHandlers.ofString())
                    .body();
        }
    }

    private static void policy(ManagementAddress management, String queue, Webhook webhook) {
        var body =
                """
                {"pattern":"^%s$","apply-to":"queues","definition":{"sluice-push-url":"%s"}}"""
                        .formatted(queue, webhook.url());
        assertThat(management.call("PUT", "policies/%2F/" + queue, body).statusCode())
                .isIn(201, 204);
    }

    private static Webhook.Request find(Webhook webhook, String body) {
        return webhook.requests().stream()
                .filter(request -> request.body().equals(body))
                .findFirst()
                .orElseThrow();
    }

    private static String sign(String key, Webhook.Request request) throws Exception {
        var mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(bytes(key), "HmacSHA256"));
        mac.update(
                bytes(
                        request.header("webhook-id")
                                + "."
                                + request.header("webhook-timestamp")
                                + "."));
        return "v1," + Base64.getEncoder().encodeToString(mac.doFinal(request.bytes()));
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
