package io.sluice.conformance.client;

import static io.sluice.conformance.client.ShareGroupsTest.numbered;
import static org.assertj.core.api.Assertions.assertThat;

import com.rabbitmq.client.GetResponse;
import io.sluice.conformance.process.BrokerProcess;
import io.sluice.conformance.process.Until;
import io.sluice.conformance.support.AmqpClients;
import io.sluice.conformance.support.Clients;
import io.sluice.conformance.support.Conformance;
import io.sluice.conformance.support.Promises;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.AcknowledgeType;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// A share group is a queue: what queues do it does, over crashes and with consumers of other protocols.
@Conformance
class ShareGroupsAreQueuesTest {
    @BeforeEach
    void onlySluiceHasQueues() {
        Promises.ofSluiceOnly("Kafka has no queues");
    }

    @Test
    void anAmqpConsumerTakesPartInTheGroup(Clients clients, AmqpClients amqp) throws Exception {
        var topic = clients.topic("both", 1);
        var sharing = Sharing.of(clients, "both");
        var _ = clients.write(topic, 0, numbered(20));
        var consumer =
                sharing.consumer(
                        topic,
                        Map.of("max.poll.records", "5", "share.acquire.mode", "record_limit"));
        var taken = new ArrayList<>(Sharing.values(Sharing.take(consumer, 5)));

        assertThat(amqp.ready(sharing.group() + "/" + topic)).isEqualTo(15);
        taken.addAll(amqp.drain(sharing.group() + "/" + topic));

        assertThat(taken).isEqualTo(numbered(20));
        assertThat(consumer.poll(Duration.ofMillis(500)).count()).isZero();
    }

    @Test
    void rejectedAndTooOftenReleasedRecordsAreDeadLettersThatSayWhy(
            Clients clients, AmqpClients amqp) throws Exception {
        var topic = clients.topic("letters", 1);
        var sharing = Sharing.of(clients, "letters");
        var letters = amqp.removed(amqp.name("letters"));
        sharing.configure("share.delivery.count.limit", "2", "sluice.dead.letter.queue", letters);
        var _ = clients.write(topic, 0, List.of("rejected", "released", "good"));
        var consumer = sharing.explicit(topic);

        Until.holds(
                "both have died",
                () -> {
                    consumer.poll(Duration.ofMillis(200))
                            .forEach(
                                    record ->
                                            consumer.acknowledge(
                                                    record,
                                                    switch (record.value()) {
                                                        case "rejected" -> AcknowledgeType.REJECT;
                                                        case "released" -> AcknowledgeType.RELEASE;
                                                        default -> AcknowledgeType.ACCEPT;
                                                    }));
                    var _ = consumer.commitSync();
                    return amqp.exists(letters) && amqp.ready(letters) == 2;
                });

        try (var channel = amqp.channel()) {
            assertThat(
                            List.of(
                                    reason(channel.basicGet(letters, true)),
                                    reason(channel.basicGet(letters, true))))
                    .containsExactlyInAnyOrder("rejected: rejected", "released: delivery_limit");
        }
    }

    private static String reason(GetResponse got) {
        return AmqpClients.text(got.getBody())
                + ": "
                + got.getProps().getHeaders().get("x-first-death-reason");
    }

    @Test
    void aRetryPolicyOfTheGroupKeepsARecordWaiting(Clients clients) {
        var topic = clients.topic("retried", 1);
        var sharing = Sharing.of(clients, "retried");
        sharing.configure("sluice.retry.initial.ms", "3000", "sluice.retry.jitter", "none");
        var _ = clients.write(topic, 0, List.of("again"));
        var consumer = sharing.explicit(topic);
        Sharing.release(consumer, 1);
        long released = System.nanoTime();

        var _ = clients.write(topic, 0, List.of("behind"));
        assertThat(Sharing.values(Sharing.take(consumer, 1, consumer::acknowledge)))
                .containsExactly("behind");
        assertThat(Sharing.values(Sharing.take(consumer, 1, consumer::acknowledge)))
                .containsExactly("again");

        assertThat(Duration.ofNanos(System.nanoTime() - released))
                .isBetween(Duration.ofMillis(2_500), Duration.ofSeconds(30));
    }

    @Test
    void fetchesAreEmptyWhileTheBreakerIsOpenThenAProbeComesThenAll(Clients clients) {
        var topic = clients.topic("breaking", 1);
        var sharing = Sharing.of(clients, "breaking");
        sharing.configure(
                "sluice.breaker.failure.percent", "100",
                "sluice.breaker.minimum.calls", "2",
                "sluice.breaker.open.ms", "3000",
                "sluice.breaker.probes", "1");
        var _ = clients.write(topic, 0, List.of("a", "b", "c"));
        var consumer = sharing.explicit(topic);
        Sharing.release(consumer, 3);
        long opened = System.nanoTime();

        var probes = Sharing.take(consumer, 1, consumer::acknowledge);

        assertThat(Duration.ofNanos(System.nanoTime() - opened))
                .isBetween(Duration.ofMillis(2_500), Duration.ofSeconds(30));
        assertThat(probes).hasSize(1);
        var all = new ArrayList<>(Sharing.values(probes));
        all.addAll(Sharing.values(Sharing.take(consumer, 2, consumer::acknowledge)));
        assertThat(all).containsExactlyInAnyOrder("a", "b", "c");
    }

    @Test
    void whatWasAcceptedStaysSoAndWhatWasNotComesAgainWhenTheBrokerIsKilled(
            BrokerProcess broker, Clients clients) {
        var topic = clients.topic("killed", 2);
        var sharing = Sharing.of(clients, "killed");
        sharing.configure("share.record.lock.duration.ms", "15000");
        var _ = clients.write(topic, 0, numbered(0, 500));
        var _ = clients.write(topic, 1, numbered(500, 1_000));
        var accepted = new HashSet<String>();
        var first =
                sharing.consumer(
                        topic,
                        Map.of(
                                "share.acknowledgement.mode", "explicit",
                                "max.poll.records", "100"));
        Until.holds(
                "some are accepted, others are only taken",
                () -> {
                    for (var record : first.poll(Duration.ofMillis(200))) {
                        if (accepted.size() < 300) {
                            first.acknowledge(record);
                            accepted.add(record.value());
                        } else {
                            first.acknowledge(record, AcknowledgeType.RELEASE);
                        }
                    }
                    return accepted.size() >= 300;
                });
        assertThat(ShareGroupsTest.outcomes(first.commitSync()))
                .allSatisfy(failure -> assertThat(failure).isEmpty());

        broker.killAndRestart();

        var rest = new HashSet<String>();
        Until.holds(
                "all others have come",
                () -> {
                    for (var record : first.poll(Duration.ofMillis(200))) {
                        first.acknowledge(record);
                        rest.add(record.value());
                    }
                    return rest.size() >= 1_000 - accepted.size();
                });
        var all = new HashSet<>(accepted);
        all.retainAll(rest);
        assertThat(all).as("accepted before, and handed out again").isEmpty();
        all.addAll(accepted);
        all.addAll(rest);
        assertThat(all).hasSize(1_000);
    }
}
