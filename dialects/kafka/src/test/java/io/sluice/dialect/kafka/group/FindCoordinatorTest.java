package io.sluice.dialect.kafka.group;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.broker.BrokerError;
import io.sluice.broker.Topic;
import io.sluice.dialect.kafka.Exchange;
import java.util.List;
import org.apache.kafka.common.message.FindCoordinatorRequestData;
import org.apache.kafka.common.message.FindCoordinatorResponseData.Coordinator;
import org.apache.kafka.common.protocol.Errors;
import org.apache.kafka.common.requests.FindCoordinatorRequest;
import org.apache.kafka.common.requests.FindCoordinatorRequest.CoordinatorType;
import org.apache.kafka.common.requests.FindCoordinatorResponse;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FindCoordinatorTest {
    private final GroupFixture groups = new GroupFixture();

    @AfterEach
    void close() {
        groups.close();
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 3, 4, 5, 6})
    void thisBrokerCoordinatesEveryGroup(int version) {
        var found = find(version, CoordinatorType.GROUP, "billing");

        assertThat(found)
                .singleElement()
                .satisfies(
                        it -> {
                            assertThat(Errors.forCode(it.errorCode())).isEqualTo(Errors.NONE);
                            assertThat(it.nodeId()).isEqualTo(Exchange.NODE.id());
                            assertThat(it.host()).isEqualTo(Exchange.NODE.host());
                            assertThat(it.port()).isEqualTo(Exchange.NODE.port());
                        });
    }

    @Test
    void severalGroupsAreFoundAtOnce() {
        assertThat(find(6, CoordinatorType.GROUP, "billing", "shipping"))
                .extracting(Coordinator::key)
                .containsExactly("billing", "shipping");
    }

    @Test
    void theFirstWhoAsksHasTheOffsetsTopicCreatedAsKafkaWould() {
        find(6, CoordinatorType.GROUP, "billing");

        var topic = groups.broker.catalog().topic("__consumer_offsets").orElseThrow();
        assertThat(topic.partitions()).isEqualTo(16);
        assertThat(topic.config())
                .containsEntry("cleanup.policy", "compact")
                .containsEntry("compression.type", "producer")
                .containsEntry("segment.bytes", "104857600");
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 3, 4, 6})
    void transactionsAreRefusedWithTheReason(int version) {
        assertThat(find(version, CoordinatorType.TRANSACTION, "tx"))
                .singleElement()
                .satisfies(
                        it -> {
                            assertThat(Errors.forCode(it.errorCode()))
                                    .isEqualTo(Errors.INVALID_REQUEST);
                            assertThat(it.errorMessage()).contains("transactions are not offered");
                        });
        assertThat(groups.broker.catalog().topics()).isEmpty();
    }

    @Test
    void theStateOfShareGroupsIsRefusedWithTheReason() {
        assertThat(find(6, CoordinatorType.SHARE, "g:topic:0"))
                .singleElement()
                .satisfies(it -> assertThat(it.errorMessage()).contains("has no coordinator here"));
    }

    @Test
    void whenTheTopicCannotBeCreatedNowClientsTryAgainAndFindItLater() {
        groups.memory.refuseWith(new BrokerError.StorageFull("the disk is full"));

        assertThat(Errors.forCode(find(6, CoordinatorType.GROUP, "billing").getFirst().errorCode()))
                .isEqualTo(Errors.COORDINATOR_NOT_AVAILABLE);
        groups.memory.recover();

        assertThat(Errors.forCode(find(6, CoordinatorType.GROUP, "billing").getFirst().errorCode()))
                .isEqualTo(Errors.NONE);
        assertThat(groups.broker.catalog().topics())
                .extracting(Topic::name)
                .containsExactly(OffsetsTopic.NAME);
    }

    private List<Coordinator> find(int version, CoordinatorType type, String... keys) {
        var request = new FindCoordinatorRequestData().setKeyType(type.id());
        if (version < 4) {
            request.setKey(keys[0]);
        } else {
            request.setCoordinatorKeys(List.of(keys));
        }
        return groups.ask(
                        new FindCoordinatorRequest.Builder(request),
                        version,
                        FindCoordinatorResponse.class)
                .coordinators();
    }
}
