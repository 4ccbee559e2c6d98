package io.sluice.conformance.client;

import static io.sluice.conformance.support.Clients.done;
import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.conformance.process.Until;
import io.sluice.conformance.support.Clients;
import io.sluice.conformance.support.Conformance;
import io.sluice.conformance.support.Promises;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.AcknowledgeType;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicIdPartition;
import org.apache.kafka.common.errors.InvalidRecordStateException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/// Share groups, with Kafka's own share consumer.
@Conformance
class ShareGroupsTest {
    private static final Duration NOW = Duration.ofMillis(200);

    @Test
    void whatIsPolledIsAcceptedByTheNextPoll(Clients clients) {
        var topic = clients.topic("implicit", 1);
        var sharing = Sharing.of(clients, "implicit");
        var _ = clients.write(topic, 0, numbered(100));

        var first = sharing.consumer(topic);
        assertThat(Sharing.values(Sharing.take(first, 100))).isEqualTo(numbered(100));
        assertThat(outcomes(first.commitSync())).containsOnly(Optional.empty());
        first.close();

        var _ = clients.write(topic, 0, List.of("later"));
        var second = sharing.consumer(topic);
        assertThat(Sharing.values(Sharing.take(second, 1))).containsExactly("later");
    }

    @Test
    void aReleasedRecordComesAgainAndARejectedOneDoesNot(Clients clients) {
        var topic = clients.topic("explicit", 1);
        var sharing = Sharing.of(clients, "explicit");
        var _ = clients.write(topic, 0, List.of("accept", "release", "reject"));
        var consumer = sharing.explicit(topic);

        var _ =
                Sharing.take(
                        consumer,
                        3,
                        record -> {
                            assertThat(record.deliveryCount()).hasValue((short) 1);
                            consumer.acknowledge(
                                    record,
                                    switch (record.value()) {
                                        case "accept" -> AcknowledgeType.ACCEPT;
                                        case "release" -> AcknowledgeType.RELEASE;
                                        default -> AcknowledgeType.REJECT;
                                    });
                        });
        assertThat(outcomes(consumer.commitSync())).containsOnly(Optional.empty());

        var again = Sharing.take(consumer, 1, consumer::acknowledge);
        assertThat(Sharing.values(again)).containsExactly("release");
        assertThat(again.getFirst().deliveryCount()).hasValue((short) 2);
        assertThat(outcomes(consumer.commitSync())).containsOnly(Optional.empty());
        assertThat(consumer.poll(NOW).count()).isZero();
    }

    @Test
    void manyConsumersShareOnePartition(Clients clients) {
        var topic = clients.topic("one-for-many", 1);
        var sharing = Sharing.of(clients, "many");
        var settings = Map.of("max.poll.records", "10", "share.acquire.mode", "record_limit");
        var consumers =
                IntStream.range(0, 4).mapToObj(_ -> sharing.consumer(topic, settings)).toList();
        Until.holds(
                "all of them have the partition",
                () -> {
                    consumers.forEach(consumer -> assertThat(consumer.poll(NOW)).isEmpty());
                    return assigned(clients, sharing) == consumers.size();
                });
        var taken = new ArrayList<List<String>>();
        consumers.forEach(_ -> taken.add(new ArrayList<>()));
        for (int batch = 0; batch < 40; batch++) {
            var _ = clients.write(topic, 0, numbered(10 * batch, 10 * batch + 10));
        }

        Until.holds(
                "all records have come",
                () -> {
                    for (int at = 0; at < consumers.size(); at++) {
                        var own = taken.get(at);
                        consumers.get(at).poll(NOW).forEach(record -> own.add(record.value()));
                    }
                    return taken.stream().mapToInt(List::size).sum() >= 400;
                });

        var all = taken.stream().flatMap(List::stream).toList();
        assertThat(all).containsExactlyInAnyOrderElementsOf(numbered(400));
        assertThat(taken).allSatisfy(own -> assertThat(own).isNotEmpty());
    }

    @Test
    void aRecordLimitIsKept(Clients clients) {
        var topic = clients.topic("limited", 3);
        var sharing = Sharing.of(clients, "limited");
        for (int partition = 0; partition < 3; partition++) {
            var _ = clients.write(topic, partition, numbered(20));
        }
        var consumer =
                sharing.consumer(
                        topic,
                        Map.of("max.poll.records", "7", "share.acquire.mode", "record_limit"));
        var taken = new ArrayList<String>();

        Until.holds(
                "all have come, seven at a time at most",
                () -> {
                    var polled = consumer.poll(NOW);
                    assertThat(polled.count()).isLessThanOrEqualTo(7);
                    polled.forEach(record -> taken.add(record.partition() + record.value()));
                    return taken.size() >= 60;
                });

        assertThat(new HashSet<>(taken)).hasSize(60);
    }

    /// Kafka has a window of 2,000 records that are in flight or behind one that is.
    @Test
    void whatIsStuckHoldsNothingBack(Clients clients) {
        Promises.ofSluiceOnly("Kafka's window is full");
        var topic = clients.topic("stuck", 1);
        var sharing = Sharing.of(clients, "stuck");
        var _ = clients.write(topic, 0, List.of("stuck"));
        var holder = sharing.explicit(topic);
        assertThat(Sharing.take(holder, 1)).hasSize(1);

        var _ = clients.write(topic, 0, numbered(5_000));
        var other = sharing.consumer(topic);

        assertThat(Sharing.values(Sharing.take(other, 5_000))).isEqualTo(numbered(5_000));
    }

    @Test
    void aCallbackHearsHowItWentAlsoWhenTheLockHadEnded(Clients clients) {
        var topic = clients.topic("callback", 1);
        var sharing = Sharing.of(clients, "callback");
        sharing.configure("share.record.lock.duration.ms", "15000");
        var _ = clients.write(topic, 0, List.of("slow"));
        var consumer = sharing.explicit(topic);
        var heard = new ArrayList<@Nullable Exception>();
        consumer.setAcknowledgementCommitCallback((_, failure) -> heard.add(failure));
        var slow = Sharing.take(consumer, 1).getFirst();
        assertThat(consumer.acquisitionLockTimeoutMs()).hasValue(15_000);

        var other = sharing.consumer(topic);
        var again = Sharing.take(other, 1);
        assertThat(again.getFirst().deliveryCount()).hasValue((short) 2);

        consumer.acknowledge(slow, AcknowledgeType.ACCEPT);
        assertThat(outcomes(consumer.commitSync()))
                .singleElement()
                .satisfies(
                        failure ->
                                assertThat(failure.orElseThrow())
                                        .isInstanceOf(InvalidRecordStateException.class));
        Until.holds(
                "the callback is told",
                () -> {
                    var _ = consumer.poll(NOW);
                    return !heard.isEmpty();
                });
        assertThat(heard.getFirst()).isInstanceOf(InvalidRecordStateException.class);
    }

    @Test
    void aRenewedLockDoesNotEndInBetween(Clients clients) throws InterruptedException {
        var topic = clients.topic("renewed", 1);
        var sharing = Sharing.of(clients, "renewed");
        sharing.configure("share.record.lock.duration.ms", "15000");
        var _ = clients.write(topic, 0, List.of("long work"));
        var consumer = sharing.explicit(topic);
        var record = Sharing.take(consumer, 1).getFirst();
        var other = sharing.consumer(topic);
        var end = System.nanoTime() + Duration.ofSeconds(20).toNanos();

        var renewed = record;
        while (System.nanoTime() < end) {
            consumer.acknowledge(renewed, AcknowledgeType.RENEW);
            assertThat(outcomes(consumer.commitSync())).containsOnly(Optional.empty());
            renewed = Sharing.take(consumer, 1).getFirst();
            assertThat(other.poll(Duration.ofSeconds(4)).count()).isZero();
        }
        consumer.acknowledge(renewed, AcknowledgeType.ACCEPT);

        assertThat(outcomes(consumer.commitSync())).containsOnly(Optional.empty());
    }

    @Test
    void aRecordIsDeliveredAsOftenAsTheGroupSays(Clients clients) {
        var topic = clients.topic("often", 1);
        var sharing = Sharing.of(clients, "often");
        sharing.configure("share.delivery.count.limit", "3");
        var _ = clients.write(topic, 0, List.of("poison", "good"));
        var consumer = sharing.explicit(topic);
        var deliveries = new ArrayList<Short>();
        var good = new ArrayList<String>();

        Until.holds(
                "the last delivery has come",
                () -> {
                    consumer.poll(NOW)
                            .forEach(
                                    record -> {
                                        boolean poison = record.value().equals("poison");
                                        if (poison) {
                                            deliveries.add(record.deliveryCount().orElseThrow());
                                        } else {
                                            good.add(record.value());
                                        }
                                        consumer.acknowledge(
                                                record,
                                                poison
                                                        ? AcknowledgeType.RELEASE
                                                        : AcknowledgeType.ACCEPT);
                                    });
                    var _ = consumer.commitSync();
                    return deliveries.size() >= 3;
                });

        assertThat(consumer.poll(Duration.ofSeconds(1)).count()).isZero();
        assertThat(deliveries).containsExactly((short) 1, (short) 2, (short) 3);
        assertThat(good).containsExactly("good");
    }

    @Test
    void aConsumerThatClosesGivesBackWhatItDidNotAcknowledge(Clients clients) {
        var topic = clients.topic("closing", 1);
        var sharing = Sharing.of(clients, "closing");
        var _ = clients.write(topic, 0, numbered(10));
        var first = sharing.explicit(topic);
        var _ =
                Sharing.take(
                        first,
                        10,
                        record -> {
                            if (record.offset() < 4) {
                                first.acknowledge(record);
                            }
                        });
        first.close();

        var second = sharing.consumer(topic);

        assertThat(Sharing.values(Sharing.take(second, 6))).isEqualTo(numbered(4, 10));
    }

    @Test
    void aGroupBeginsWhereItIsTold(Clients clients) {
        var topic = clients.topic("begins", 2);
        var _ = clients.write(topic, 0, List.of("before"));
        var latest = new Sharing(clients, clients.name("latest"));
        var lately = new Sharing(clients, clients.name("lately"));
        lately.configure("share.auto.offset.reset", "by_duration:PT1H");
        var atLatest = latest.consumer(topic);
        var atLately = lately.consumer(topic);
        Until.holds(
                "both have their partitions",
                () -> {
                    var _ = atLatest.poll(NOW);
                    return assigned(clients, latest) == 2;
                });

        var _ = clients.write(topic, 0, List.of("after"));

        assertThat(Sharing.values(Sharing.take(atLatest, 1))).containsExactly("after");
        assertThat(Sharing.values(Sharing.take(atLately, 2))).containsExactly("before", "after");
    }

    @Test
    void compressedBatchesAreHandedOutToo(Clients clients) {
        for (var codec : List.of("gzip", "snappy", "lz4", "zstd")) {
            var topic = clients.topic("compressed-" + codec, 1);
            var sharing = Sharing.of(clients, "compressed");
            var producer = clients.producer(Map.of("compression.type", codec, "linger.ms", "100"));
            var _ =
                    Clients.send(
                            producer,
                            numbered(50).stream()
                                    .map(
                                            value ->
                                                    new ProducerRecord<String, String>(
                                                            topic, 0, null, value))
                                    .toList());

            assertThat(Sharing.values(Sharing.take(sharing.consumer(topic), 50)))
                    .as(codec)
                    .isEqualTo(numbered(50));
        }
    }

    @Test
    void offsetsThatCompactionTookAreNoRecords(Clients clients) {
        var topic =
                clients.topic(
                        "compacted",
                        1,
                        "cleanup.policy",
                        "compact",
                        "min.cleanable.dirty.ratio",
                        "0.0",
                        "segment.ms",
                        "1",
                        "max.compaction.lag.ms",
                        "1");
        var producer = clients.producer(Map.of());
        for (int round = 0; round < 3; round++) {
            var _ =
                    Clients.send(
                            producer,
                            numbered(10).stream()
                                    .map(key -> new ProducerRecord<>(topic, 0, key, key))
                                    .toList());
        }
        var sharing = Sharing.of(clients, "compacted");
        var consumer = sharing.explicit(topic);

        var taken = Sharing.take(consumer, 10, consumer::acknowledge);

        assertThat(new HashSet<>(Sharing.values(taken))).hasSize(10);
        assertThat(outcomes(consumer.commitSync())).containsOnly(Optional.empty());
    }

    private static int assigned(Clients clients, Sharing sharing) {
        var described =
                clients.admin()
                        .describeShareGroups(List.of(sharing.group()))
                        .describedGroups()
                        .get(sharing.group());
        assert described != null : "what was asked for is answered";
        return done(described).members().stream()
                .mapToInt(member -> member.assignment().topicPartitions().size())
                .sum();
    }

    static List<String> numbered(int count) {
        return numbered(0, count);
    }

    static List<String> numbered(int from, int to) {
        return IntStream.range(from, to).mapToObj(i -> "v" + i).toList();
    }

    static List<Optional<?>> outcomes(Map<TopicIdPartition, ? extends Optional<?>> committed) {
        return List.copyOf(committed.values());
    }
}
