package io.sluice.conformance.management;

import static io.sluice.conformance.management.SluiceAdmin.number;
import static io.sluice.conformance.management.SluiceAdmin.objects;
import static io.sluice.conformance.management.SluiceAdmin.text;
import static org.assertj.core.api.Assertions.assertThat;

import com.rabbitmq.client.AMQP.BasicProperties;
import io.sluice.admin.json.Json;
import io.sluice.admin.json.JsonObject;
import io.sluice.conformance.process.BrokerProcess;
import io.sluice.conformance.process.Until;
import io.sluice.conformance.support.AmqpClients;
import io.sluice.conformance.support.Clients;
import io.sluice.conformance.support.Conformance;
import io.sluice.conformance.support.ManagementAddress;
import io.sluice.conformance.support.Reading;
import io.sluice.conformance.support.SqsClients;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.sqs.model.QueueAttributeName;

/// Dead letters that clients of three protocols have made, looked at and moved by HTTP.
@Conformance
class DeadLettersTest {
    @Test
    void whatWasRejectedIsShownAndNothingOfItChanges(AmqpClients amqp, ManagementAddress address)
            throws Exception {
        var admin = new SluiceAdmin(address);
        var dead = amqp.queue("dead");
        var source = source(amqp, dead);
        reject(amqp, source, dead, "one", "two");
        var path = SluiceAdmin.queue(dead) + "/dead-letters";

        for (int i = 0; i < 2; i++) {
            var letters = objects(admin.get(path), "letters");
            assertThat(letters).extracting(it -> text(it, "body")).containsExactly("one", "two");
            var first = letters.getFirst();
            assertThat(text(first, "reason")).isEqualTo("rejected");
            assertThat(text(first, "state")).isEqualTo("ready");
            assertThat(first.child("source").orElseThrow().text("queue")).contains(source);
            assertThat(first.child("headers").orElseThrow().text("colour")).contains("red");
            var shown = admin.get(path + "/" + text(first, "id"));
            assertThat(text(shown, "body")).isEqualTo("one");
        }
        try (var channel = amqp.channel()) {
            var got = channel.basicGet(dead, true);
            assertThat(got.getEnvelope().isRedeliver()).isFalse();
            assertThat(AmqpClients.text(got.getBody())).isEqualTo("one");
        }
    }

    @Test
    void aFilterFindsWhatItSaysPageByPage(AmqpClients amqp, ManagementAddress address)
            throws Exception {
        var admin = new SluiceAdmin(address);
        var dead = amqp.queue("dead");
        var source = source(amqp, dead);
        reject(amqp, source, dead, "a1", "b1", "a2", "b2", "a3");
        var path = SluiceAdmin.queue(dead) + "/dead-letters?limit=2";

        assertThat(pages(admin, path + "&text=a")).containsExactly("a1", "a2", "a3");
        assertThat(pages(admin, path + "&reason=rejected&source=" + source)).hasSize(5);
        assertThat(pages(admin, path + "&reason=expired")).isEmpty();
        assertThat(pages(admin, path + "&header=colour:red")).hasSize(5);
        assertThat(pages(admin, path + "&header=colour:blue")).isEmpty();
        assertThat(pages(admin, path + "&from=2020-01-01T00:00:00Z")).hasSize(5);
        assertThat(pages(admin, path + "&to=2020-01-01T00:00:00Z")).isEmpty();
        var groups = admin.list(SluiceAdmin.queue(dead) + "/dead-letters/groups");
        assertThat(groups).hasSize(1);
        assertThat(text(groups.getFirst(), "reason")).isEqualTo("rejected");
        assertThat(text(groups.getFirst(), "source")).isEqualTo(source);
        assertThat(number(groups.getFirst(), "count")).isEqualTo(5);
        assertThat(text(groups.getFirst(), "first_seen"))
                .isLessThanOrEqualTo(text(groups.getFirst(), "last_seen"));
    }

    @Test
    void oneLetterIsRemovedAlsoWhileSomebodyHasIt(AmqpClients amqp, ManagementAddress address)
            throws Exception {
        var admin = new SluiceAdmin(address);
        var dead = amqp.queue("dead");
        reject(amqp, source(amqp, dead), dead, "one", "two", "three");
        var path = SluiceAdmin.queue(dead) + "/dead-letters/";
        try (var channel = amqp.channel()) {
            assertThat(AmqpClients.text(channel.basicGet(dead, false).getBody())).isEqualTo("one");
            admin.delete(path + "0-0");
            admin.delete(path + "0-1");
            var _ = admin.refused(404, "DELETE", path + "0-1", "");
            var _ = admin.refused(404, "GET", path + "0-1", "");
        }
        Until.holds("what was held is back, or gone", () -> amqp.ready(dead) == 1);
        assertThat(amqp.drain(dead)).containsExactly("three");
    }

    @Test
    void whatAFilterSaysIsMovedBackAndTheRestStays(AmqpClients amqp, ManagementAddress address)
            throws Exception {
        var admin = new SluiceAdmin(address);
        var dead = amqp.queue("dead");
        var source = source(amqp, dead);
        reject(amqp, source, dead, "a1", "b1", "a2", "b2", "a3");
        var path = SluiceAdmin.queue(dead) + "/redrives";

        var counted = admin.post(200, path, "{\"filter\":{\"text\":\"b\"},\"dry_run\":true}");
        assertThat(number(counted, "messages")).isEqualTo(2);
        assertThat(amqp.ready(dead)).isEqualTo(5);
        var started = admin.post(202, path, "{\"filter\":{\"text\":\"b\"}}");
        var ended = ended(admin, path + "/" + text(started, "id"));

        assertThat(text(ended, "state")).isEqualTo("completed");
        assertThat(number(ended, "moved")).isEqualTo(2);
        assertThat(number(ended, "skipped")).isEqualTo(3);
        assertThat(amqp.drain(source)).containsExactly("b1", "b2");
        assertThat(amqp.drain(dead)).containsExactly("a1", "a2", "a3");
        assertThat(admin.list(path))
                .extracting(it -> text(it, "id"))
                .containsExactly(text(started, "id"));
    }

    @Test
    void aRedriveIsPausedGoesOnAfterAKillAndIsCancelled(
            BrokerProcess broker, AmqpClients amqp, ManagementAddress address) throws Exception {
        var admin = new SluiceAdmin(address);
        var dead = amqp.queue("dead");
        var source = source(amqp, dead);
        reject(
                amqp,
                source,
                dead,
                IntStream.range(0, 50).mapToObj(String::valueOf).toArray(String[]::new));
        var path = SluiceAdmin.queue(dead) + "/redrives";
        var id = text(admin.post(202, path, "{\"per_second\":5}"), "id");
        var mine = path + "/" + id;
        Until.holds("some have moved", () -> number(admin.get(mine), "moved") >= 3);
        assertThat(text(admin.post(200, mine + "/pause", ""), "state")).isEqualTo("paused");
        var _ = admin.refused(409, "POST", path, "{}");
        Until.holds(
                "what was on its way has come", () -> amqp.ready(source) + amqp.ready(dead) == 50);
        long moved = number(admin.get(mine), "moved");

        broker.kill();
        broker.start();

        assertThat(text(admin.get(mine), "state")).isEqualTo("paused");
        assertThat(number(admin.get(mine), "moved")).isEqualTo(moved);
        assertThat(amqp.ready(source)).isEqualTo(moved);
        assertThat(text(admin.post(200, mine + "/resume", ""), "state")).isEqualTo("running");
        Until.holds("it goes on", () -> number(admin.get(mine), "moved") > moved);
        assertThat(text(admin.post(200, mine + "/cancel", ""), "state")).isEqualTo("cancelled");
        var _ = admin.refused(409, "POST", mine + "/resume", "");
        Until.holds("nothing is lost", () -> amqp.ready(source) + amqp.ready(dead) == 50);
        assertThat(text(admin.get(mine), "state")).isEqualTo("cancelled");
    }

    @Test
    void anEditedCopyGoesBackOnceAndTheLetterStays(AmqpClients amqp, ManagementAddress address)
            throws Exception {
        var admin = new SluiceAdmin(address);
        var dead = amqp.queue("dead");
        var source = source(amqp, dead);
        reject(amqp, source, dead, "broken");
        var path = SluiceAdmin.queue(dead) + "/dead-letters/0-0/redrive";
        var edit = "{\"body\":\"mended\",\"headers\":{\"colour\":\"green\",\"by\":\"me\"}}";

        var sent = admin.post(201, path, edit);
        assertThat(text(sent, "queue")).isEqualTo(source);
        assertThat(sent.find("repeated")).isEqualTo(Json.of(false));
        assertThat(admin.post(201, path, edit).find("repeated")).isEqualTo(Json.of(true));

        try (var channel = amqp.channel()) {
            var got = channel.basicGet(source, true);
            assertThat(AmqpClients.text(got.getBody())).isEqualTo("mended");
            assertThat(got.getProps().getContentType()).isEqualTo("text/plain");
            assertThat(got.getProps().getHeaders().get("colour")).hasToString("green");
            assertThat(got.getProps().getHeaders().get("by")).hasToString("me");
            assertThat(got.getProps().getHeaders()).doesNotContainKey("x-death");
            assertThat(channel.basicGet(source, true)).isNull();
        }
        assertThat(text(admin.get(SluiceAdmin.queue(dead) + "/dead-letters/0-0"), "body"))
                .isEqualTo("broken");
        var elsewhere = amqp.queue("elsewhere");
        var _ = admin.post(201, path, "{\"to\":\"" + elsewhere + "\"}");
        assertThat(amqp.drain(elsewhere)).containsExactly("broken");
    }

    @Test
    void lettersThatSqsMadeAreMovedByHttpAndByItsOwnTasksAlike(
            SqsClients sqs, ManagementAddress address) {
        var admin = new SluiceAdmin(address);
        var letters = sqs.queue("letters");
        var url =
                sqs.queue(
                        "source",
                        Map.of(
                                QueueAttributeName.REDRIVE_POLICY,
                                "{\"deadLetterTargetArn\":\"%s\",\"maxReceiveCount\":1}"
                                        .formatted(sqs.arn(letters))));
        sqs.sendEach(url, "a", "b", "c");
        sqs.receiveAll(url, 3).forEach(message -> sqs.hide(url, message, 0));
        var path = SluiceAdmin.queue(SqsClients.nameOf(letters));
        Until.holds(
                "all are dead letters",
                () -> {
                    var _ = sqs.receive(url, 10);
                    return objects(admin.get(path + "/dead-letters"), "letters").size() == 3;
                });
        var letter = objects(admin.get(path + "/dead-letters?text=b"), "letters").getFirst();
        assertThat(text(letter, "reason")).isEqualTo("delivery_limit");
        assertThat(letter.child("source").orElseThrow().text("queue"))
                .contains(SqsClients.nameOf(url));

        var started = admin.post(202, path + "/redrives", "{\"filter\":{\"text\":\"b\"}}");
        var _ = ended(admin, path + "/redrives/" + text(started, "id"));
        assertThat(SqsClients.bodies(sqs.receiveAll(url, 1))).containsExactly("b");
        var _ = sqs.client().startMessageMoveTask(b -> b.sourceArn(sqs.arn(letters)));
        assertThat(SqsClients.bodies(sqs.receiveAll(url, 2))).containsExactlyInAnyOrder("a", "c");
        Until.holds(
                "both are listed by both",
                () ->
                        admin.list(path + "/redrives").size() == 2
                                && sqs.client()
                                                .listMessageMoveTasks(
                                                        b ->
                                                                b.sourceArn(sqs.arn(letters))
                                                                        .maxResults(10))
                                                .results()
                                                .size()
                                        == 2);
    }

    @Test
    void aKafkaConsumerReadsTheLettersThatAreShown(
            AmqpClients amqp, Clients kafka, ManagementAddress address) throws Exception {
        var admin = new SluiceAdmin(address);
        var dead = amqp.queue("dead");
        var topic = kafka.topic("events", 3);
        var source =
                amqp.queue(
                        "subscribed",
                        Map.of(
                                "x-sluice-topic", topic,
                                "x-dead-letter-exchange", "",
                                "x-dead-letter-routing-key", dead));
        kafka.write(topic, 2, List.of("poison"));
        rejectAll(amqp, source, 1);
        Until.holds("it is dead", () -> amqp.ready(dead) == 1);

        var read = Reading.all(kafka, dead).getFirst();
        var shown =
                admin.get(
                        SluiceAdmin.queue(dead)
                                + "/dead-letters/"
                                + read.partition()
                                + "-"
                                + read.offset());
        assertThat(text(shown, "body")).isEqualTo(read.value());
        var started = admin.post(202, SluiceAdmin.queue(dead) + "/redrives", "");
        var _ = ended(admin, SluiceAdmin.queue(dead) + "/redrives/" + text(started, "id"));
        Until.holds("it is back", () -> Reading.values(kafka, topic).size() == 2);
        assertThat(Reading.all(kafka, topic)).extracting(it -> it.partition()).containsOnly(2);
    }

    @Test
    void whatIsWrongIsSaidInASentence(AmqpClients amqp, ManagementAddress address)
            throws Exception {
        var admin = new SluiceAdmin(address);
        var dead = amqp.queue("dead");
        var path = SluiceAdmin.queue(dead);

        var _ = admin.refused(404, "GET", SluiceAdmin.queue("nobody's") + "/dead-letters", "");
        var _ = admin.refused(404, "GET", path + "/dead-letters/0-99", "");
        var _ = admin.refused(404, "GET", path + "/dead-letters/nonsense", "");
        var _ = admin.refused(400, "GET", path + "/dead-letters?limit=0", "");
        var _ = admin.refused(400, "GET", path + "/dead-letters?from=yesterday", "");
        var _ = admin.refused(400, "GET", path + "/dead-letters?header=colour", "");
        var _ = admin.refused(400, "GET", path + "/dead-letters?text=" + "x".repeat(1_001), "");
        var _ = admin.refused(400, "POST", path + "/redrives", "{\"nonsense\":1}");
        var _ = admin.refused(400, "POST", path + "/redrives", "{\"filter\":{\"nonsense\":\"1\"}}");
        var _ = admin.refused(400, "POST", path + "/redrives", "{\"per_second\":-1}");
        var _ = admin.refused(400, "POST", path + "/redrives", "nonsense");
        var _ = admin.refused(400, "POST", path + "/redrives", "{\"to\":\"" + dead + "\"}");
        var _ = admin.refused(404, "POST", path + "/redrives", "{\"to\":\"nowhere at all\"}");
        var _ = admin.refused(404, "POST", path + "/redrives/nobody/cancel", "");
    }

    private static String source(AmqpClients amqp, String dead) throws Exception {
        return amqp.queue(
                "source", Map.of("x-dead-letter-exchange", "", "x-dead-letter-routing-key", dead));
    }

    private static void reject(AmqpClients amqp, String queue, String dead, String... bodies)
            throws Exception {
        var properties =
                new BasicProperties.Builder()
                        .deliveryMode(2)
                        .contentType("text/plain")
                        .headers(Map.of("colour", "red"))
                        .build();
        amqp.publish("", queue, properties, bodies);
        rejectAll(amqp, queue, bodies.length);
        Until.holds("all are dead", () -> amqp.ready(dead) == bodies.length);
    }

    private static void rejectAll(AmqpClients amqp, String queue, int count) throws Exception {
        try (var channel = amqp.channel()) {
            for (int left = count; left > 0; ) {
                var got = channel.basicGet(queue, false);
                if (got != null) {
                    channel.basicReject(got.getEnvelope().getDeliveryTag(), false);
                    left--;
                }
            }
        }
    }

    private static JsonObject ended(SluiceAdmin admin, String path) {
        Until.holds("it has ended", () -> admin.get(path).has("ended"));
        return admin.get(path);
    }

    private static List<String> pages(SluiceAdmin admin, String path) {
        var bodies = new ArrayList<String>();
        for (var after = ""; ; ) {
            var page = admin.get(path + "&after=" + after);
            objects(page, "letters").forEach(letter -> bodies.add(text(letter, "body")));
            if (page.text("next").isEmpty()) {
                return bodies;
            }
            after = page.text("next").orElseThrow();
        }
    }
}
