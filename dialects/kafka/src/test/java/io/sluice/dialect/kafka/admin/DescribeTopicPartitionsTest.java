package io.sluice.dialect.kafka.admin;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.dialect.kafka.TopicIds;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.message.DescribeTopicPartitionsRequestData;
import org.apache.kafka.common.message.DescribeTopicPartitionsRequestData.Cursor;
import org.apache.kafka.common.message.DescribeTopicPartitionsRequestData.TopicRequest;
import org.apache.kafka.common.message.DescribeTopicPartitionsResponseData;
import org.apache.kafka.common.protocol.Errors;
import org.apache.kafka.common.requests.DescribeTopicPartitionsRequest;
import org.apache.kafka.common.requests.DescribeTopicPartitionsResponse;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// DescribeTopicPartitions over topics `a` (3 partitions), `b` (4) and `c` (1).
class DescribeTopicPartitionsTest {
    private static final List<String> ALL =
            List.of("a-0", "a-1", "a-2", "b-0", "b-1", "b-2", "b-3", "c-0");

    private final AdminTable table = new AdminTable();

    @BeforeEach
    void createTopics() {
        table.create("c", 1, Map.of());
        table.create("a", 3, Map.of());
        table.create("b", 4, Map.of());
    }

    @AfterEach
    void close() {
        table.close();
    }

    @Test
    void everyPartitionIsLedByTheOneBroker() {
        var page = ask(2000, null, "a");

        var topic = page.topics().find("a");
        assertThat(topic.topicId())
                .isEqualTo(TopicIds.kafka(table.broker.catalog().topic("a").orElseThrow().id()));
        assertThat(topic.isInternal()).isFalse();
        assertThat(topic.topicAuthorizedOperations()).isEqualTo(Integer.MIN_VALUE);
        assertThat(topic.partitions())
                .hasSize(3)
                .allSatisfy(
                        partition -> {
                            assertThat(partition.leaderId()).isEqualTo(1);
                            assertThat(partition.replicaNodes()).containsExactly(1);
                            assertThat(partition.isrNodes()).containsExactly(1);
                            assertThat(partition.offlineReplicas()).isEmpty();
                        });
        assertThat(page.nextCursor()).isNull();
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4, 5, 7, 8, 9, 2000})
    void pagesOfAnySizeMakeTheWhole(int limit) {
        var seen = new ArrayList<String>();
        @Nullable Cursor cursor = null;
        do {
            var page = ask(limit, cursor);
            assertThat(partitions(page)).hasSizeLessThanOrEqualTo(limit).isNotEmpty();
            seen.addAll(partitions(page));
            cursor =
                    page.nextCursor() == null
                            ? null
                            : new Cursor()
                                    .setTopicName(page.nextCursor().topicName())
                                    .setPartitionIndex(page.nextCursor().partitionIndex());
        } while (cursor != null);

        assertThat(seen).isEqualTo(ALL);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, -1, Integer.MIN_VALUE})
    void aPageHasAtLeastOnePartition(int limit) {
        assertThat(partitions(ask(limit, null))).containsExactly("a-0");
    }

    @Test
    void unknownAndMalformedNamesAreAnsweredAsSuch() {
        var page = ask(2000, null, "nothing", "with space", "a");

        assertThat(error(page, "nothing")).isEqualTo(Errors.UNKNOWN_TOPIC_OR_PARTITION);
        assertThat(page.topics().find("nothing").topicId()).isEqualTo(Uuid.ZERO_UUID);
        assertThat(error(page, "with space")).isEqualTo(Errors.INVALID_TOPIC_EXCEPTION);
        assertThat(error(page, "a")).isEqualTo(Errors.NONE);
    }

    @Test
    void aCursorBehindTheLastPartitionGoesOnWithTheNextTopic() {
        assertThat(partitions(ask(2000, cursor("b", 99)))).containsExactly("c-0");
        assertThat(partitions(ask(2000, cursor("b", Integer.MAX_VALUE)))).containsExactly("c-0");
    }

    @Test
    void aCursorThatCannotBeIsRefused() {
        assertThat(error(ask(10, cursor("a", -1)))).isEqualTo(Errors.INVALID_REQUEST);
        assertThat(error(ask(10, cursor("b", 0), "a"), "a")).isEqualTo(Errors.INVALID_REQUEST);
    }

    @Test
    void aDeletedTopicInACursorIsSkipped() {
        assertThat(partitions(ask(2000, cursor("aa", 1))))
                .containsExactly("b-0", "b-1", "b-2", "b-3", "c-0");
    }

    private static Cursor cursor(String topic, int partition) {
        return new Cursor().setTopicName(topic).setPartitionIndex(partition);
    }

    private DescribeTopicPartitionsResponseData ask(
            int limit, @Nullable Cursor cursor, String... topics) {
        var data =
                new DescribeTopicPartitionsRequestData()
                        .setResponsePartitionLimit(limit)
                        .setCursor(cursor)
                        .setTopics(
                                Arrays.stream(topics)
                                        .map(name -> new TopicRequest().setName(name))
                                        .toList());
        return table.ask(
                        new DescribeTopicPartitionsRequest.Builder(data).build((short) 0),
                        DescribeTopicPartitionsResponse.class)
                .data();
    }

    private static List<String> partitions(DescribeTopicPartitionsResponseData page) {
        return page.topics().stream()
                .flatMap(
                        topic ->
                                topic.partitions().stream()
                                        .map(
                                                partition ->
                                                        topic.name()
                                                                + "-"
                                                                + partition.partitionIndex()))
                .toList();
    }

    private static Errors error(DescribeTopicPartitionsResponseData page, String topic) {
        return Errors.forCode(page.topics().find(topic).errorCode());
    }

    /// The error of a request as a whole stands at each topic that it names; it named none, so there is nothing to see but
    /// that nothing was told.
    private static Errors error(DescribeTopicPartitionsResponseData page) {
        return page.topics().isEmpty() ? Errors.INVALID_REQUEST : Errors.NONE;
    }
}
