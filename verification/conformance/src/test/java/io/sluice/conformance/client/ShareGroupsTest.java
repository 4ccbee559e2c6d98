package io.sluice.conformance.client;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.conformance.support.Clients;
import io.sluice.conformance.support.Conformance;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.AcknowledgeType;
import org.apache.kafka.common.TopicIdPartition;
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

    static List<String> numbered(int count) {
        return IntStream.range(0, count).mapToObj(i -> "v" + i).toList();
    }

    static List<Optional<?>> outcomes(Map<TopicIdPartition, ? extends Optional<?>> committed) {
        return List.copyOf(committed.values());
    }
}
