package io.sluice.conformance.retry;

import static io.sluice.conformance.support.AmqpClients.text;
import static org.assertj.core.api.Assertions.assertThat;

import com.rabbitmq.client.AMQP;
import com.rabbitmq.client.AMQP.BasicProperties;
import com.rabbitmq.client.Channel;
import com.rabbitmq.client.GetResponse;
import io.sluice.conformance.process.Until;
import io.sluice.conformance.support.AmqpClients;
import io.sluice.conformance.support.Clients;
import io.sluice.conformance.support.Conformance;
import io.sluice.conformance.support.Promises;
import io.sluice.conformance.support.Reading;
import io.sluice.conformance.support.SqsClients;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.sqs.model.MessageSystemAttributeName;

/// A queue that tries again by itself, with clients of all three protocols.
@Conformance
class RetryPolicyTest {
    private static final long INITIAL_MILLIS = 300;

    @BeforeEach
    void onlySluiceHasPolicies() {
        Promises.ofSluiceOnly("nobody else has these policies");
    }

    @Test
    void whatAmqpConsumersRejectWaitsAndThenIsADeadLetterThatTellsAll(
            AmqpClients amqp, Clients kafka) throws Exception {
        var names = retrying(amqp, Map.of("x-sluice-retry-max-attempts", 3));
        var queue = names.queue();
        var dead = names.dead();
        amqp.publish(
                "",
                queue,
                new AMQP.BasicProperties.Builder().headers(Map.of("kept", "yes")).build(),
                "poison",
                "healthy");
        var channel = amqp.channel();
        channel.basicQos(1);
        channel.queueDeclarePassive(queue);

        var first = taken(channel, queue);
        var failed = Instant.now();
        channel.basicNack(first.getEnvelope().getDeliveryTag(), false, true);
        var healthy = taken(channel, queue);
        assertThat(text(healthy.getBody())).as("nobody waits behind it").isEqualTo("healthy");
        channel.basicAck(healthy.getEnvelope().getDeliveryTag(), false);
        var second = taken(channel, queue);
        assertThat(Duration.between(failed, Instant.now()).toMillis())
                .isGreaterThanOrEqualTo(INITIAL_MILLIS - 5);
        assertThat(second.getEnvelope().isRedeliver()).isTrue();
        failed = Instant.now();
        channel.basicReject(second.getEnvelope().getDeliveryTag(), true);
        var third = taken(channel, queue);
        assertThat(Duration.between(failed, Instant.now()).toMillis())
                .isGreaterThanOrEqualTo(2 * INITIAL_MILLIS - 5);
        channel.basicNack(third.getEnvelope().getDeliveryTag(), false, true);

        Until.holds("it is there", () -> amqp.exists(dead) && amqp.ready(dead) == 1);
        var record = Reading.all(kafka, dead).getFirst();
        assertThat(headers(record))
                .containsEntry("x-sluice-reason", "delivery_limit")
                .containsEntry("x-sluice-source-namespace", "/")
                .containsEntry("x-sluice-source-topic", queue)
                .containsEntry("x-sluice-source-partition", "0")
                .containsEntry("x-sluice-source-offset", "0")
                .containsEntry("x-sluice-source-queue", queue)
                .containsEntry("x-sluice-source-dialect", "amqp")
                .containsEntry("x-sluice-error-code", "returned")
                .containsEntry("x-sluice-attempts", "3")
                .containsEntry("x-sluice-redriven", "0")
                .containsEntry("__dlq.errors.topic", queue)
                .containsEntry("__dlq.errors.partition", "0")
                .containsEntry("__dlq.errors.offset", "0")
                .containsEntry("__dlq.errors.group", queue)
                .containsEntry("__dlq.errors.delivery.count", "3")
                .containsEntry("__dlq.errors.message", "returned")
                .containsEntry("kept", "yes");
        assertThat(headers(record).getOrDefault("x-sluice-attempt-log", "").split("\"at\"", -1))
                .hasSize(4);
        var letter = taken(channel, dead);
        assertThat(plain(letter.getProps()))
                .containsEntry("kept", "yes")
                .containsEntry("x-sluice-reason", "delivery_limit")
                .containsEntry("x-sluice-source-offset", 0L)
                .containsEntry("x-sluice-attempts", 3L)
                .containsEntry("x-first-death-reason", "delivery_limit")
                .doesNotContainKey("__dlq.errors.topic");
        assertThat(Instant.parse("" + plain(letter.getProps()).get("x-sluice-last-failure")))
                .isBetween(failed, Instant.now());
    }

    @Test
    void whoIsGoneAndWhoIsLateAreToldApart(AmqpClients amqp) throws Exception {
        var names =
                retrying(
                        amqp,
                        Map.of("x-sluice-retry-max-attempts", 2, "x-consumer-timeout", 1_000));
        var queue = names.queue();
        var dead = names.dead();
        amqp.publish(queue, "a");
        try (var connection = amqp.connect()) {
            var _ = taken(connection.createChannel(), queue);
        }
        var channel = amqp.channel();
        var _ = taken(channel, queue);

        Until.holds("it is there", () -> amqp.exists(dead) && amqp.ready(dead) == 1);
        var told = plain(taken(amqp.channel(), dead).getProps());
        assertThat(told).containsEntry("x-sluice-error-code", "timeout");
        assertThat("" + told.get("x-sluice-attempt-log")).contains("connection_lost", "timeout");
    }

    /// A consumer cannot say why it rejects, but may say it in a message that it sends on.
    @Test
    void whatAMessageItselfSaysOfItsErrorIsTold(AmqpClients amqp) throws Exception {
        var names = retrying(amqp, Map.of());
        var queue = names.queue();
        var dead = names.dead();
        amqp.publish(
                "",
                queue,
                new AMQP.BasicProperties.Builder()
                        .headers(
                                Map.of(
                                        "x-sluice-error-code", "card-declined",
                                        "x-sluice-error-text", "by the bank"))
                        .build(),
                "a");
        var channel = amqp.channel();
        channel.basicReject(taken(channel, queue).getEnvelope().getDeliveryTag(), false);

        Until.holds("it is there", () -> amqp.exists(dead) && amqp.ready(dead) == 1);
        assertThat(plain(taken(channel, dead).getProps()))
                .containsEntry("x-sluice-reason", "rejected")
                .containsEntry("x-sluice-error-code", "card-declined")
                .containsEntry("x-sluice-error-text", "by the bank");
    }

    @Test
    void aMessageMayAskForItsOwnDelay(AmqpClients amqp) throws Exception {
        var queue = amqp.queue("delays");
        var asked = Instant.now();
        amqp.publish(
                "",
                queue,
                new AMQP.BasicProperties.Builder().headers(Map.of("x-sluice-delay", 500)).build(),
                "a");
        amqp.publish(queue, "b");
        var channel = amqp.channel();
        assertThat(text(taken(channel, queue).getBody())).isEqualTo("b");
        assertThat(text(taken(channel, queue).getBody())).isEqualTo("a");
        assertThat(Duration.between(asked, Instant.now()).toMillis()).isGreaterThanOrEqualTo(500);
    }

    @Test
    void whatSqsReceiversLetTimeOutWaitsAndThenIsADeadLetter(AmqpClients amqp, SqsClients sqs)
            throws Exception {
        var names = retrying(amqp, Map.of("x-sluice-retry-max-attempts", 3));
        var queue = names.queue();
        var dead = names.dead();
        var url = sqs.client().getQueueUrl(b -> b.queueName(queue)).queueUrl();
        var id = sqs.send(url, "poison");
        var taken = Instant.now();
        var received = sqs.receive(url, b -> b.visibilityTimeout(1).waitTimeSeconds(20));
        assertThat(received).singleElement().extracting(it -> it.messageId()).isEqualTo(id);
        var second = sqs.receive(url, b -> b.visibilityTimeout(30).waitTimeSeconds(20)).getFirst();
        assertThat(Duration.between(taken, Instant.now()).toMillis())
                .isGreaterThanOrEqualTo(1_000 + INITIAL_MILLIS - 5);
        assertThat(second.attributes())
                .containsEntry(MessageSystemAttributeName.APPROXIMATE_RECEIVE_COUNT, "2");
        taken = Instant.now();
        sqs.hide(url, second, 0);
        var third = sqs.receive(url, b -> b.visibilityTimeout(1).waitTimeSeconds(20)).getFirst();
        assertThat(Duration.between(taken, Instant.now()).toMillis())
                .isGreaterThanOrEqualTo(2 * INITIAL_MILLIS - 5);
        assertThat(third.messageId()).isEqualTo(id);

        Until.holds("it is there", () -> amqp.exists(dead) && amqp.ready(dead) == 1);
        var letters = sqs.client().getQueueUrl(b -> b.queueName(dead)).queueUrl();
        var all = sqs.receive(letters, b -> b.visibilityTimeout(0).waitTimeSeconds(20)).getFirst();
        assertThat(all.body()).isEqualTo("poison");
        assertThat(all.messageId()).isEqualTo(id);
        assertThat(all.messageAttributes()).isEmpty();
        assertThat(all.attributes())
                .containsEntry(
                        MessageSystemAttributeName.DEAD_LETTER_QUEUE_SOURCE_ARN, sqs.arn(url));
        var named =
                sqs.receive(
                                letters,
                                b -> b.messageAttributeNames("x-sluice-.*").waitTimeSeconds(20))
                        .getFirst();
        var attributes = new HashMap<String, String>();
        named.messageAttributes()
                .forEach((name, value) -> attributes.put(name, value.stringValue()));
        assertThat(attributes)
                .containsEntry("x-sluice-reason", "delivery_limit")
                .containsEntry("x-sluice-error-code", "timeout")
                .containsEntry("x-sluice-source-dialect", "sqs")
                .containsEntry("x-sluice-attempts", "3");
        assertThat(attributes.get("x-sluice-attempt-log"))
                .contains("\"code\":\"timeout\"", "\"code\":\"returned\"");
    }

    private static Retrying retrying(AmqpClients amqp, Map<String, Object> more) throws Exception {
        var arguments = new HashMap<String, Object>(more);
        var dead = amqp.removed(amqp.name("dead"));
        arguments.put("x-sluice-retry-initial-ms", INITIAL_MILLIS);
        arguments.put("x-sluice-retry-jitter", "none");
        arguments.put("x-sluice-dead-letter-queue", dead);
        return new Retrying(amqp.queue("retrying", arguments), dead);
    }

    /// Names of a queue and of that for its dead letters, which nobody has declared.
    private record Retrying(String queue, String dead) {}

    private static GetResponse taken(Channel channel, String queue) {
        var got = new GetResponse[1];
        Until.holds(
                "there is something in " + queue,
                () -> {
                    got[0] = channel.basicGet(queue, false);
                    return got[0] != null;
                });
        return got[0];
    }

    private static Map<String, Object> plain(BasicProperties properties) {
        var plain = new HashMap<String, Object>();
        properties
                .getHeaders()
                .forEach(
                        (name, value) ->
                                plain.put(name, value instanceof Long ? value : "" + value));
        return plain;
    }

    private static Map<String, String> headers(ConsumerRecord<String, String> record) {
        var headers = new HashMap<String, String>();
        record.headers()
                .forEach(
                        header ->
                                headers.put(
                                        header.key(),
                                        new String(header.value(), StandardCharsets.UTF_8)));
        return headers;
    }
}
