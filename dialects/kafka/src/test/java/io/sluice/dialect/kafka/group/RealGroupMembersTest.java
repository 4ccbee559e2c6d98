package io.sluice.dialect.kafka.group;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sluice.broker.BrokerError;
import io.sluice.broker.Catalog;
import io.sluice.broker.CatalogChange;
import io.sluice.broker.Reply;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.CooperativeStickyAssignor;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.SubscriptionPattern;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.errors.InvalidTopicException;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Kafka's own consumers as members of groups, over sockets, polled in turn on the test's thread.
class RealGroupMembersTest {
    private static final int PARTITIONS = 6;

    private final ListeningGroups groups = new ListeningGroups();
    private final List<KafkaConsumer<String, String>> consumers = new ArrayList<>();

    @AfterEach
    void close() {
        consumers.forEach(consumer -> consumer.close());
        groups.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"classic", "consumer"})
    void aGroupReadsEverythingOnceAndGoesOnWhereItCommitted(String protocol) throws Exception {
        createTopic();
        produce(0, 100);
        var first = consumer(protocol, Map.of());
        assertThat(read(List.of(first), 100)).isEqualTo(numbers(0, 100));
        first.commitSync();
        leave(first);
        produce(100, 150);

        var second = consumer(protocol, Map.of());

        assertThat(read(List.of(second), 50)).isEqualTo(numbers(100, 150));
    }

    @ParameterizedTest
    @ValueSource(strings = {"classic", "consumer"})
    void membersThatComeAndGoShareThePartitions(String protocol) throws Exception {
        createTopic();
        var members = new ArrayList<KafkaConsumer<String, String>>();
        for (int count = 1; count <= 5; count++) {
            members.add(consumer(protocol, Map.of()));
            share(members);
        }
        produce(0, 200);
        assertThat(read(members, 200)).isEqualTo(numbers(0, 200));
        while (members.size() > 2) {
            leave(members.removeFirst());
            share(members);
        }
    }

    @Test
    void aCooperativeGroupRebalancesWithoutStopping() {
        createTopic();
        var settings =
                Map.<String, Object>of(
                        "partition.assignment.strategy", CooperativeStickyAssignor.class.getName());
        var members = new ArrayList<KafkaConsumer<String, String>>();
        for (int count = 1; count <= 3; count++) {
            members.add(consumer("classic", settings));
            share(members);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"classic", "consumer"})
    void aStaticMemberThatReturnsKeepsItsPartitions(String protocol) {
        createTopic();
        var one = consumer(protocol, Map.of("group.instance.id", "one"));
        var two = consumer(protocol, Map.of("group.instance.id", "two"));
        share(List.of(one, two));
        var owned = one.assignment();
        leave(one);

        var again = consumer(protocol, Map.of("group.instance.id", "one"));
        share(List.of(again, two));

        assertThat(again.assignment()).isEqualTo(owned);
    }

    @Test
    void aGroupMayNameItsTopicsByAPatternThatTheBrokerMatches() {
        createTopic();
        var member = consumer("consumer", Map.of());
        member.unsubscribe();
        member.subscribe(new SubscriptionPattern("ord.*s"));

        share(List.of(member));
    }

    @Test
    void nobodyButTheBrokerWritesToItsOwnTopics() {
        createTopic();
        share(List.of(consumer("classic", Map.of())));

        var serializer = new StringSerializer();
        try (var producer = new KafkaProducer<>(groups.clientSettings(), serializer, serializer)) {
            var sent = producer.send(new ProducerRecord<>("__consumer_offsets", 0, "k", "v"));
            assertThatThrownBy(sent::get).hasCauseInstanceOf(InvalidTopicException.class);
        }
    }

    private KafkaConsumer<String, String> consumer(String protocol, Map<String, Object> more) {
        var settings = new HashMap<>(groups.clientSettings());
        settings.put("group.id", "billing");
        settings.put("group.protocol", protocol);
        settings.put("auto.offset.reset", "earliest");
        settings.put("enable.auto.commit", false);
        if (protocol.equals("classic")) {
            settings.put("heartbeat.interval.ms", 100);
        }
        settings.putAll(more);
        var deserializer = new StringDeserializer();
        var consumer = new KafkaConsumer<>(settings, deserializer, deserializer);
        consumer.subscribe(List.of("orders"));
        consumers.add(consumer);
        return consumer;
    }

    private void leave(KafkaConsumer<String, String> consumer) {
        consumers.remove(consumer);
        consumer.close();
    }

    /// Polls until every partition has exactly one owner and the shares are even.
    private static void share(List<KafkaConsumer<String, String>> members) {
        GroupFixture.until(
                () -> {
                    members.forEach(member -> member.poll(Duration.ofMillis(20)));
                    return members.stream()
                            .map(member -> member.assignment().size())
                            .collect(Collectors.toList());
                },
                shares ->
                        shares.stream().mapToInt(share -> share).sum() == PARTITIONS
                                && shares.stream()
                                        .allMatch(
                                                share ->
                                                        share >= PARTITIONS / members.size()
                                                                && share
                                                                        <= Math.ceilDiv(
                                                                                PARTITIONS,
                                                                                members.size())));
    }

    private static Set<Integer> read(List<KafkaConsumer<String, String>> members, int count) {
        var read = new ArrayList<Integer>();
        GroupFixture.until(
                () -> {
                    for (var member : members) {
                        member.poll(Duration.ofMillis(20))
                                .forEach(record -> read.add(Integer.valueOf(record.value())));
                    }
                    return read.size();
                },
                size -> size >= count);
        assertThat(read).doesNotHaveDuplicates();
        return new TreeSet<>(read);
    }

    private static Set<Integer> numbers(int from, int to) {
        return IntStream.range(from, to).boxed().collect(Collectors.toCollection(TreeSet::new));
    }

    private void produce(int from, int to) throws Exception {
        var serializer = new StringSerializer();
        try (var producer = new KafkaProducer<>(groups.clientSettings(), serializer, serializer)) {
            for (int number = from; number < to; number++) {
                producer.send(
                                new ProducerRecord<>(
                                        "orders",
                                        number % PARTITIONS,
                                        null,
                                        Integer.toString(number)))
                        .get();
            }
        }
    }

    private void createTopic() {
        var created = new CompletableFuture<Catalog>();
        groups.broker.change(
                new CatalogChange.CreateTopic(UUID.randomUUID(), "orders", PARTITIONS, Map.of()),
                new Reply<>() {
                    @Override
                    public void done(Catalog catalog) {
                        created.complete(catalog);
                    }

                    @Override
                    public void refused(BrokerError error) {
                        created.completeExceptionally(new AssertionError(error.message()));
                    }
                });
        created.join();
    }
}
