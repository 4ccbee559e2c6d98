package io.sluice.dialect.kafka.admin;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.broker.BrokerError;
import io.sluice.dialect.kafka.TopicIds;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.message.DeleteTopicsRequestData;
import org.apache.kafka.common.message.DeleteTopicsRequestData.DeleteTopicState;
import org.apache.kafka.common.message.DeleteTopicsResponseData.DeletableTopicResult;
import org.apache.kafka.common.protocol.Errors;
import org.apache.kafka.common.requests.DeleteTopicsRequest;
import org.apache.kafka.common.requests.DeleteTopicsResponse;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// DeleteTopics as clients use and misuse it.
class DeleteTopicsTest {
    private final AdminTable table = new AdminTable();

    @AfterEach
    void close() {
        table.close();
    }

    @ParameterizedTest
    @ValueSource(shorts = {1, 2, 3, 4, 5})
    void olderVersionsDeleteByName(short version) {
        table.create("orders", 1, Map.of());

        var answer =
                ask(
                        new DeleteTopicsRequestData().setTopicNames(List.of("orders", "nothing")),
                        version);

        assertThat(error(answer, "orders")).isEqualTo(Errors.NONE);
        assertThat(error(answer, "nothing")).isEqualTo(Errors.UNKNOWN_TOPIC_OR_PARTITION);
        assertThat(table.broker.catalog().topics()).isEmpty();
    }

    @Test
    void theNewestVersionDeletesByNameOrId() {
        table.create("by-name", 1, Map.of());
        var byId = table.create("by-id", 1, Map.of());

        var answer = ask(byName("by-name"), byId(TopicIds.kafka(byId.id())));

        assertThat(answer).extracting(DeletableTopicResult::errorCode).containsOnly((short) 0);
        assertThat(answer)
                .extracting(DeletableTopicResult::name)
                .containsExactly("by-name", "by-id");
        assertThat(answer)
                .extracting(DeletableTopicResult::topicId)
                .contains(TopicIds.kafka(byId.id()));
        assertThat(table.broker.catalog().topics()).isEmpty();
    }

    @Test
    void anUnknownIdIsAnsweredWithoutAName() {
        var id = Uuid.randomUuid();

        var answer = ask(byId(id)).getFirst();

        assertThat(Errors.forCode(answer.errorCode())).isEqualTo(Errors.UNKNOWN_TOPIC_ID);
        assertThat(answer.name()).isNull();
        assertThat(answer.topicId()).isEqualTo(id);
    }

    @Test
    void neitherNameNorIdIsRefused() {
        assertThat(errors(ask(byId(Uuid.ZERO_UUID)))).containsExactly(Errors.INVALID_REQUEST);
    }

    @Test
    void bothNameAndIdAreRefused() {
        var topic = table.create("orders", 1, Map.of());

        assertThat(errors(ask(byName("orders").setTopicId(TopicIds.kafka(topic.id())))))
                .containsExactly(Errors.INVALID_REQUEST);
        assertThat(table.broker.catalog().topics()).hasSize(1);
    }

    @Test
    void aTopicGivenTwiceIsRefusedOnceAndKept() {
        var topic = table.create("orders", 1, Map.of());
        var id = TopicIds.kafka(topic.id());

        assertThat(errors(ask(byName("orders"), byName("orders"))))
                .containsExactly(Errors.INVALID_REQUEST);
        assertThat(errors(ask(byId(id), byId(id)))).containsExactly(Errors.INVALID_REQUEST);
        assertThat(errors(ask(byName("orders"), byId(id)))).containsOnly(Errors.INVALID_REQUEST);
        assertThat(table.broker.catalog().topics()).hasSize(1);
    }

    @Test
    void theTopicOfTheGroupsOffsetsIsKept() {
        table.create("__consumer_offsets", 1, Map.of());

        assertThat(errors(ask(byName("__consumer_offsets"))))
                .containsExactly(Errors.POLICY_VIOLATION);
        assertThat(table.broker.catalog().topics()).hasSize(1);
    }

    @Test
    void aBrokerThatStopsSaysToLookForTheController() {
        table.create("orders", 1, Map.of());
        table.broker.refuseWith(new BrokerError.Unavailable("stopping"));

        assertThat(errors(ask(byName("orders")))).containsExactly(Errors.NOT_CONTROLLER);
    }

    private List<DeletableTopicResult> ask(DeleteTopicState... topics) {
        return ask(new DeleteTopicsRequestData().setTopics(List.of(topics)), (short) 6);
    }

    private List<DeletableTopicResult> ask(DeleteTopicsRequestData data, short version) {
        // Versions before 6 carry names, and the builder alone knows how to say them.
        var answer =
                table.ask(
                        new DeleteTopicsRequest.Builder(data).build(version),
                        DeleteTopicsResponse.class);
        return List.copyOf(answer.data().responses());
    }

    private static DeleteTopicState byName(String name) {
        return new DeleteTopicState().setName(name);
    }

    private static DeleteTopicState byId(Uuid id) {
        return new DeleteTopicState().setTopicId(id);
    }

    private static Errors error(List<DeletableTopicResult> answer, String name) {
        return answer.stream()
                .filter(result -> name.equals(result.name()))
                .map(result -> Errors.forCode(result.errorCode()))
                .findFirst()
                .orElseThrow();
    }

    private static List<Errors> errors(List<DeletableTopicResult> answer) {
        return answer.stream().map(result -> Errors.forCode(result.errorCode())).toList();
    }
}
