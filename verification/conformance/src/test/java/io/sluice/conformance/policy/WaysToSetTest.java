package io.sluice.conformance.policy;

import static io.sluice.conformance.support.Clients.at;
import static io.sluice.conformance.support.Clients.done;
import static io.sluice.conformance.support.Clients.refusal;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.rabbitmq.client.ShutdownSignalException;
import io.sluice.conformance.process.BrokerProcess;
import io.sluice.conformance.process.Until;
import io.sluice.conformance.support.AmqpClients;
import io.sluice.conformance.support.Clients;
import io.sluice.conformance.support.Conformance;
import io.sluice.conformance.support.ManagementAddress;
import io.sluice.conformance.support.Promises;
import io.sluice.conformance.support.ServedWith;
import io.sluice.conformance.support.SqsClients;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.AlterConfigOp.OpType;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.ConfigEntry.ConfigSource;
import org.apache.kafka.clients.admin.DescribeConfigsOptions;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.errors.InvalidConfigurationException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.sqs.model.QueueAttributeName;
import software.amazon.awssdk.services.sqs.model.SqsException;

/// The same policy, two tries and then a queue of dead letters, set in each way: it is seen in all ways, and does the same.
@Conformance
class WaysToSetTest {
    private static final String NAMES = "ours alone";

    @BeforeEach
    void onlyHere() {
        Promises.ofSluiceOnly(NAMES);
    }

    @Test
    void byKafkasTopicConfigs(Clients kafka, AmqpClients amqp, ManagementAddress admin)
            throws Exception {
        var queue = amqp.queue("jobs");
        var dead = amqp.removed(amqp.name("dead"));
        var topic = new ConfigResource(ConfigResource.Type.TOPIC, queue);

        done(alter(kafka, topic, "sluice.retry.max.attempts", "2"));
        done(alter(kafka, topic, "sluice.dead.letter.queue", dead));

        var described =
                at(
                        done(
                                kafka.admin()
                                        .describeConfigs(
                                                List.of(topic),
                                                new DescribeConfigsOptions()
                                                        .includeDocumentation(true))
                                        .all()),
                        topic);
        var attempts = described.get("sluice.retry.max.attempts");
        assertThat(attempts.value()).isEqualTo("2");
        assertThat(attempts.source()).isEqualTo(ConfigSource.DYNAMIC_TOPIC_CONFIG);
        assertThat(attempts.type()).isEqualTo(ConfigEntry.ConfigType.LONG);
        assertThat(attempts.documentation()).startsWith("A message that has failed so often");
        assertThat(described.get("sluice.retry.jitter").isDefault()).isTrue();
        assertThat(described.get("sluice.push.secret").isSensitive()).isTrue();
        assertThat(refusal(alter(kafka, topic, "sluice.retry.max.attempts", "none")))
                .isInstanceOf(InvalidConfigurationException.class)
                .hasMessage("retry.max.attempts must be a whole number, 1 to 1000000");

        assertThat(source(admin, queue)).isEqualTo("topic");
        diesAfterTwoTries(amqp, queue, dead);
    }

    @Test
    void aKafkaGroupIsToldTheSame(Clients kafka) {
        var group = new ConfigResource(ConfigResource.Type.GROUP, kafka.name("sharing"));
        done(alter(kafka, group, "sluice.retry.max.attempts", "2"));
        assertThat(kafka.config(group).get("sluice.retry.max.attempts").value()).isEqualTo("2");
        assertThat(kafka.config(group).get("sluice.schema.type")).isNull();
        assertThat(refusal(alter(kafka, group, "sluice.schema.type", "json")))
                .isInstanceOf(InvalidConfigurationException.class);
    }

    @Test
    void byAmqpsArguments(AmqpClients amqp, ManagementAddress admin) throws Exception {
        var dead = amqp.removed(amqp.name("dead"));
        var queue =
                amqp.queue(
                        "jobs",
                        Map.of(
                                "x-sluice-retry-max-attempts",
                                2L,
                                "x-sluice-dead-letter-queue",
                                dead));

        assertThat(source(admin, queue)).isEqualTo("argument");
        diesAfterTwoTries(amqp, queue, dead);
        assertThatThrownBy(
                        () -> amqp.queue("wrong", Map.of("x-sluice-retry-max-attempts", "often")))
                .isInstanceOf(IOException.class)
                .cause()
                .isInstanceOf(ShutdownSignalException.class)
                .hasMessageContaining("reply-code=406")
                .hasMessageContaining("retry.max.attempts must be a whole number, 1 to 1000000");
    }

    @Test
    void byARabbitMqPolicy(AmqpClients amqp, ManagementAddress admin) throws Exception {
        var queue = amqp.queue("jobs");
        var dead = amqp.removed(amqp.name("dead"));
        var path = "policies/%2F/" + queue;
        var definition =
                "{\"sluice-retry-max-attempts\":2,\"sluice-dead-letter-queue\":\"%s\"}"
                        .formatted(dead);
        var policy =
                "{\"pattern\":\"^%s$\",\"apply-to\":\"queues\",\"definition\":%s}"
                        .formatted(queue, definition);

        assertThat(admin.call("PUT", path, policy).statusCode()).isEqualTo(201);

        assertThat(admin.call("GET", path, "").body()).contains("\"sluice-retry-max-attempts\":2");
        assertThat(source(admin, queue)).isEqualTo("policy");
        diesAfterTwoTries(amqp, queue, dead);
        var wrong = admin.call("PUT", path, policy.replace(":2", ":0"));
        assertThat(wrong.statusCode()).isEqualTo(400);
        assertThat(wrong.body()).contains("retry.max.attempts must be 1 to 1000000");
        assertThat(admin.call("DELETE", path, "").statusCode()).isEqualTo(204);
    }

    @Test
    void bySqsTags(AmqpClients amqp, SqsClients sqs, ManagementAddress admin) throws Exception {
        var queue = amqp.queue("jobs");
        var dead = amqp.removed(amqp.name("dead"));
        var url = url(sqs, queue);
        var tags =
                Map.of(
                        "sluice:retry.max.attempts",
                        "2",
                        "sluice:dead.letter.queue",
                        dead,
                        "team",
                        "payments");

        sqs.client().tagQueue(b -> b.queueUrl(url).tags(tags));

        assertThat(sqs.client().listQueueTags(b -> b.queueUrl(url)).tags()).isEqualTo(tags);
        assertThat(source(admin, queue)).isEqualTo("attribute");
        assertThat(sqs.attribute(url, QueueAttributeName.REDRIVE_POLICY))
                .contains("\"maxReceiveCount\":2", ":" + dead + "\"");
        assertThatThrownBy(
                        () ->
                                sqs.client()
                                        .tagQueue(
                                                b ->
                                                        b.queueUrl(url)
                                                                .tags(
                                                                        Map.of(
                                                                                "sluice:retry.max.attempts",
                                                                                "0"))))
                .isInstanceOfSatisfying(
                        SqsException.class,
                        refused -> {
                            assertThat(refused.awsErrorDetails().errorCode())
                                    .isEqualTo("InvalidParameterValue");
                            assertThat(refused.awsErrorDetails().errorMessage())
                                    .contains("retry.max.attempts must be 1 to 1000000");
                        });
        diesAfterTwoTries(amqp, queue, dead);

        sqs.client().untagQueue(b -> b.queueUrl(url).tagKeys("sluice:retry.max.attempts"));
        assertThat(source(admin, queue)).isEqualTo("default");
    }

    @Test
    void bySqsRedrivePolicy(AmqpClients amqp, SqsClients sqs, ManagementAddress admin)
            throws Exception {
        var queue = amqp.queue("jobs");
        var dead = amqp.queue("dead");
        var url = url(sqs, queue);
        var arn = sqs.arn(url(sqs, dead));
        var policy = "{\"deadLetterTargetArn\":\"%s\", \"maxReceiveCount\":\"2\"}".formatted(arn);

        sqs.set(url, QueueAttributeName.REDRIVE_POLICY, policy);

        assertThat(sqs.attribute(url, QueueAttributeName.REDRIVE_POLICY)).isEqualTo(policy);
        assertThat(source(admin, queue)).isEqualTo("attribute");
        assertThat(sqs.client().listQueueTags(b -> b.queueUrl(url)).tags()).isEmpty();
        diesAfterTwoTries(amqp, queue, dead);

        patch(admin, queue, "{\"retry.max.attempts\":7}");
        assertThat(sqs.attribute(url, QueueAttributeName.REDRIVE_POLICY))
                .contains("\"maxReceiveCount\":7", arn);
        sqs.set(url, QueueAttributeName.VISIBILITY_TIMEOUT, "20");
        assertThat(sqs.attribute(url, QueueAttributeName.REDRIVE_POLICY))
                .as("another attribute changes nothing of it")
                .contains("\"maxReceiveCount\":7");
        sqs.set(url, QueueAttributeName.REDRIVE_POLICY, "");
        assertThat(source(admin, queue)).isEqualTo("default");
    }

    @Test
    void byTheAdminApiForMessagesThatAreOutAlready(AmqpClients amqp, ManagementAddress admin)
            throws Exception {
        var queue = amqp.queue("jobs");
        var dead = amqp.removed(amqp.name("dead"));
        amqp.publish(queue, "poison");
        try (var channel = amqp.channel()) {
            var out = channel.basicGet(queue, false);
            patch(
                    admin,
                    queue,
                    "{\"retry.max.attempts\":1,\"dead.letter.queue\":\"%s\"}".formatted(dead));
            channel.basicNack(out.getEnvelope().getDeliveryTag(), false, true);
            Until.holds("the first try was the last one", () -> amqp.ready(dead) == 1);
        }
        patch(admin, queue, "{\"retry.max.attempts\":2}");
        assertThat(source(admin, queue)).isEqualTo("attribute");
        amqp.drain(dead);
        diesAfterTwoTries(amqp, queue, dead);
    }

    @Test
    @ServedWith({"--definitions", "src/test/resources/policies/definitions.yaml"})
    void byAFileAndOverAKill(BrokerProcess broker, AmqpClients amqp, ManagementAddress admin)
            throws Exception {
        diesAfterTwoTries(amqp, "defined", "defined.dead");
        patch(admin, "defined", "{\"retry.jitter\":\"none\"}");
        admin.call("PUT", "sluice/queues/%2F/other", "{\"policy\":{\"retry.max.attempts\":2}}");

        broker.kill();
        broker.start();

        assertThat(source(admin, "defined")).isEqualTo("attribute");
        assertThat(admin.call("GET", "sluice/queues/%2F/defined", "").body())
                .as("the file says all that is set")
                .doesNotContain("retry.jitter");
        assertThat(source(admin, "other")).isEqualTo("attribute");
    }

    private static KafkaFuture<Void> alter(
            Clients kafka, ConfigResource resource, String name, String value) {
        return kafka.admin()
                .incrementalAlterConfigs(
                        Map.of(
                                resource,
                                List.of(
                                        new AlterConfigOp(
                                                new ConfigEntry(name, value), OpType.SET))))
                .all();
    }

    private static String url(SqsClients sqs, String queue) {
        return sqs.client().getQueueUrl(b -> b.queueName(queue)).queueUrl();
    }

    private static void patch(ManagementAddress admin, String queue, String change) {
        var answer = admin.call("PATCH", "sluice/queues/%2F/" + queue + "/policy", change);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    }

    /// Where the number of tries was set that holds.
    private static String source(ManagementAddress admin, String queue) {
        var body = admin.call("GET", "sluice/queues/%2F/" + queue + "/policy", "").body();
        var setting = body.substring(body.indexOf("\"retry.max.attempts\""));
        var source = setting.substring(setting.indexOf("\"source\":\"") + 10);
        return source.substring(0, source.indexOf('"'));
    }

    private static void diesAfterTwoTries(AmqpClients amqp, String queue, String dead)
            throws Exception {
        amqp.publish(queue, "poison");
        try (var channel = amqp.channel()) {
            for (var tried = 0; tried < 2; tried++) {
                Until.holds(
                        "there is another try",
                        () -> {
                            var got = channel.basicGet(queue, false);
                            if (got != null) {
                                channel.basicNack(got.getEnvelope().getDeliveryTag(), false, true);
                            }
                            return got != null;
                        });
            }
        }
        Until.holds("it is dead", () -> amqp.exists(dead) && amqp.ready(dead) == 1);
        assertThat(amqp.ready(queue)).isZero();
    }
}
