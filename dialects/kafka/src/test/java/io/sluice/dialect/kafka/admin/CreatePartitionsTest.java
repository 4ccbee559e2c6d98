package io.sluice.dialect.kafka.admin;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.message.CreatePartitionsRequestData;
import org.apache.kafka.common.message.CreatePartitionsRequestData.CreatePartitionsAssignment;
import org.apache.kafka.common.message.CreatePartitionsRequestData.CreatePartitionsTopic;
import org.apache.kafka.common.message.CreatePartitionsResponseData.CreatePartitionsTopicResult;
import org.apache.kafka.common.protocol.Errors;
import org.apache.kafka.common.requests.CreatePartitionsRequest;
import org.apache.kafka.common.requests.CreatePartitionsResponse;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// CreatePartitions as clients use and misuse it, on a topic `orders` of 3 partitions.
class CreatePartitionsTest {
    private final AdminTable table = new AdminTable();

    @BeforeEach
    void createTopic() {
        table.create("orders", 3, Map.of());
    }

    @AfterEach
    void close() {
        table.close();
    }

    @ParameterizedTest
    @ValueSource(shorts = {0, 1, 2, 3})
    void everyVersionAddsPartitions(short version) {
        assertThat(errors(ask(version, false, grow("orders", 5)))).containsExactly(Errors.NONE);
        assertThat(partitions()).isEqualTo(5);
    }

    @Test
    void validateOnlyAddsNone() {
        assertThat(errors(ask((short) 3, true, grow("orders", 5)))).containsExactly(Errors.NONE);
        assertThat(errors(ask((short) 3, true, grow("orders", 2))))
                .containsExactly(Errors.INVALID_PARTITIONS);
        assertThat(partitions()).isEqualTo(3);
    }

    @ParameterizedTest
    @CsvSource({"3", "2", "0", "-1", "1000000", "2147483647", "-2147483648"})
    void aCountThatIsNotMoreOrFarTooMuchIsRefused(int count) {
        assertThat(errors(ask((short) 3, false, grow("orders", count))))
                .containsExactly(Errors.INVALID_PARTITIONS);
        assertThat(partitions()).isEqualTo(3);
    }

    @Test
    void anUnknownTopicIsRefused() {
        assertThat(errors(ask((short) 3, false, grow("nothing", 5))))
                .containsExactly(Errors.UNKNOWN_TOPIC_OR_PARTITION);
    }

    @Test
    void aTopicGivenTwiceIsRefusedOnce() {
        assertThat(errors(ask((short) 3, false, grow("orders", 4), grow("orders", 5))))
                .containsExactly(Errors.INVALID_REQUEST);
        assertThat(partitions()).isEqualTo(3);
    }

    @Test
    void newReplicasMayBePlacedOnThisBrokerOnly() {
        assertThat(errors(ask((short) 3, false, placed(5, List.of(List.of(1), List.of(2))))))
                .containsExactly(Errors.INVALID_REPLICA_ASSIGNMENT);
        assertThat(errors(ask((short) 3, false, placed(5, List.of(List.of(1))))))
                .containsExactly(Errors.INVALID_REPLICA_ASSIGNMENT);
        assertThat(errors(ask((short) 3, false, placed(5, List.of(List.of(1), List.of(1))))))
                .containsExactly(Errors.NONE);
        assertThat(partitions()).isEqualTo(5);
    }

    @Test
    void theTopicOfTheGroupsOffsetsKeepsItsPartitions() {
        table.create("__consumer_offsets", 1, Map.of());

        assertThat(errors(ask((short) 3, false, grow("__consumer_offsets", 5))))
                .containsExactly(Errors.POLICY_VIOLATION);
    }

    private int partitions() {
        return table.broker.catalog().topic("orders").orElseThrow().partitions();
    }

    private List<CreatePartitionsTopicResult> ask(
            short version, boolean validateOnly, CreatePartitionsTopic... topics) {
        var data =
                new CreatePartitionsRequestData().setValidateOnly(validateOnly).setTimeoutMs(1000);
        Arrays.stream(topics).forEach(topic -> data.topics().mustAdd(topic));
        return table.ask(
                        new CreatePartitionsRequest.Builder(data).build(version),
                        CreatePartitionsResponse.class)
                .data()
                .results();
    }

    private static CreatePartitionsTopic grow(String name, int count) {
        return new CreatePartitionsTopic().setName(name).setCount(count).setAssignments(null);
    }

    private static CreatePartitionsTopic placed(int count, List<List<Integer>> brokers) {
        return grow("orders", count)
                .setAssignments(
                        brokers.stream()
                                .map(ids -> new CreatePartitionsAssignment().setBrokerIds(ids))
                                .toList());
    }

    private static List<Errors> errors(List<CreatePartitionsTopicResult> results) {
        return results.stream().map(result -> Errors.forCode(result.errorCode())).toList();
    }
}
