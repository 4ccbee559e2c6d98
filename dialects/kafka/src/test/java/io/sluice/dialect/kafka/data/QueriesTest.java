package io.sluice.dialect.kafka.data;

import static io.sluice.dialect.kafka.data.DataTable.batch;
import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.broker.Topic;
import io.sluice.dialect.kafka.Exchange;
import io.sluice.dialect.kafka.TopicIds;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.compress.Compression;
import org.apache.kafka.common.message.InitProducerIdRequestData;
import org.apache.kafka.common.message.ListOffsetsRequestData;
import org.apache.kafka.common.message.ListOffsetsRequestData.ListOffsetsPartition;
import org.apache.kafka.common.message.ListOffsetsRequestData.ListOffsetsTopic;
import org.apache.kafka.common.message.ListOffsetsResponseData.ListOffsetsPartitionResponse;
import org.apache.kafka.common.message.MetadataRequestData;
import org.apache.kafka.common.message.MetadataRequestData.MetadataRequestTopic;
import org.apache.kafka.common.message.MetadataResponseData;
import org.apache.kafka.common.message.MetadataResponseData.MetadataResponseTopic;
import org.apache.kafka.common.message.OffsetForLeaderEpochRequestData;
import org.apache.kafka.common.message.OffsetForLeaderEpochRequestData.OffsetForLeaderPartition;
import org.apache.kafka.common.message.OffsetForLeaderEpochRequestData.OffsetForLeaderTopic;
import org.apache.kafka.common.message.OffsetForLeaderEpochRequestData.OffsetForLeaderTopicCollection;
import org.apache.kafka.common.message.OffsetForLeaderEpochResponseData.EpochEndOffset;
import org.apache.kafka.common.protocol.Errors;
import org.apache.kafka.common.protocol.MessageUtil;
import org.apache.kafka.common.requests.InitProducerIdRequest;
import org.apache.kafka.common.requests.InitProducerIdResponse;
import org.apache.kafka.common.requests.ListOffsetsRequest;
import org.apache.kafka.common.requests.ListOffsetsResponse;
import org.apache.kafka.common.requests.MetadataRequest;
import org.apache.kafka.common.requests.MetadataResponse;
import org.apache.kafka.common.requests.OffsetsForLeaderEpochRequest;
import org.apache.kafka.common.requests.OffsetsForLeaderEpochResponse;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// What clients ask before they produce or fetch.
class QueriesTest {
    private final DataTable table = new DataTable();
    private final Topic orders = table.create("orders", Map.of());

    @AfterEach
    void close() {
        table.close();
    }

    @ParameterizedTest
    @ValueSource(shorts = {0, 1, 4, 5, 7, 9, 10, 12, 13})
    void metadataNamesTheTopicItsPartitionsAndTheNode(short version) {
        var answer = metadata(request("orders"), version);

        assertThat(answer.brokers())
                .extracting(broker -> broker.host() + ":" + broker.port())
                .containsExactly(Exchange.NODE.host() + ":" + Exchange.NODE.port());
        var topic = answer.topics().iterator().next();
        assertThat(topic.name()).isEqualTo("orders");
        assertThat(topic.topicId())
                .isEqualTo(version < 10 ? Uuid.ZERO_UUID : TopicIds.kafka(orders.id()));
        assertThat(topic.partitions()).extracting(p -> p.leaderId()).containsExactly(1, 1);
    }

    @Test
    void aTopicIsFoundByItsIdAndAnUnknownIdHasNoName() {
        var unknown = new Uuid(8, 8);
        var answer =
                metadata(
                        new MetadataRequestData()
                                .setTopics(
                                        List.of(
                                                new MetadataRequestTopic()
                                                        .setName(null)
                                                        .setTopicId(TopicIds.kafka(orders.id())),
                                                new MetadataRequestTopic()
                                                        .setName(null)
                                                        .setTopicId(unknown))),
                        (short) 13);

        assertThat(answer.topics())
                .extracting(MetadataResponseTopic::name)
                .containsExactly("orders", null);
        assertThat(answer.topics())
                .extracting(topic -> Errors.forCode(topic.errorCode()))
                .containsExactly(Errors.NONE, Errors.UNKNOWN_TOPIC_ID);
    }

    @Test
    void allTopicsAreThoseOfANullListAndNoneThoseOfAnEmptyOne() {
        assertThat(metadata(new MetadataRequestData().setTopics(null), (short) 9).topics())
                .hasSize(1);
        assertThat(metadata(new MetadataRequestData().setTopics(List.of()), (short) 9).topics())
                .isEmpty();
    }

    @Test
    void topicsThatNoKafkaClientCouldNameAreNeitherShownNorServed() {
        var elsewhere = table.create("q\u0000team", Map.of());
        var odd = table.create("a queue with spaces", Map.of());
        assertThat(metadata(new MetadataRequestData().setTopics(null), (short) 9).topics())
                .extracting(MetadataResponseTopic::name)
                .containsExactly("orders");
        var byName = metadata(request(odd.name()).setAllowAutoTopicCreation(false), (short) 9);
        assertThat(error(byName)).isEqualTo(Errors.INVALID_TOPIC_EXCEPTION);
        var byId =
                metadata(
                        new MetadataRequestData()
                                .setTopics(
                                        List.of(
                                                new MetadataRequestTopic()
                                                        .setName(null)
                                                        .setTopicId(
                                                                TopicIds.kafka(elsewhere.id())))),
                        (short) 13);
        assertThat(error(byId)).isEqualTo(Errors.UNKNOWN_TOPIC_ID);
        assertThat(Errors.forCode(table.produce(elsewhere, DataTable.batch("a")).errorCode()))
                .isEqualTo(Errors.UNKNOWN_TOPIC_ID);
    }

    @Test
    void aMissingTopicIsCreatedWhenTheClientWantsIt() {
        var unwanted = metadata(request("new").setAllowAutoTopicCreation(false), (short) 9);
        assertThat(error(unwanted)).isEqualTo(Errors.UNKNOWN_TOPIC_OR_PARTITION);

        var wanted = metadata(request("new").setAllowAutoTopicCreation(true), (short) 9);
        assertThat(error(wanted)).isEqualTo(Errors.NONE);
        assertThat(table.broker.catalog().topic("new")).isPresent();
    }

    @ParameterizedTest
    @CsvSource({"a b, INVALID_TOPIC_EXCEPTION", "__consumer_offsets, UNKNOWN_TOPIC_OR_PARTITION"})
    void whatMustNotBeCreatedIsNot(String name, Errors error) {
        var answer = metadata(request(name).setAllowAutoTopicCreation(true), (short) 9);

        assertThat(error(answer)).isEqualTo(error);
        assertThat(table.broker.catalog().topic(name)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "-2, 1, 0, NONE",
        "-1, 1, 3, NONE",
        "-3, 7, 1, NONE",
        "-3, 6, -1, UNSUPPORTED_VERSION",
        "-4, 8, 0, NONE",
        "-4, 7, -1, UNSUPPORTED_VERSION",
        "-5, 9, -1, NONE",
        "-6, 11, -1, NONE",
        "-7, 11, -1, UNSUPPORTED_VERSION",
        "1500, 2, 1, NONE",
        "9999, 5, -1, NONE"
    })
    void anOffsetIsFoundByTimeOrByName(long timestamp, short version, long offset, Errors error) {
        for (var millis : List.of(1000L, 3000L, 2000L)) {
            table.produce(orders, batch(Compression.NONE, millis, "at " + millis));
        }

        var answer = offset("orders", new ListOffsetsPartition().setTimestamp(timestamp), version);

        assertThat(Errors.forCode(answer.errorCode())).isEqualTo(error);
        assertThat(answer.offset()).isEqualTo(offset);
        assertThat(answer.leaderEpoch()).isEqualTo(offset >= 0 && version >= 4 ? 0 : -1);
    }

    @Test
    void offsetsOfWhatIsNotThereAreUnknown() {
        var beyond = new ListOffsetsPartition().setPartitionIndex(9).setTimestamp(-1);
        var ahead = new ListOffsetsPartition().setTimestamp(-1).setCurrentLeaderEpoch(4);

        assertThat(offset("orders", beyond, (short) 5).errorCode())
                .isEqualTo(Errors.UNKNOWN_TOPIC_OR_PARTITION.code());
        assertThat(
                        offset("nowhere", new ListOffsetsPartition().setTimestamp(-1), (short) 5)
                                .errorCode())
                .isEqualTo(Errors.UNKNOWN_TOPIC_OR_PARTITION.code());
        assertThat(offset("orders", ahead, (short) 5).errorCode())
                .isEqualTo(Errors.UNKNOWN_LEADER_EPOCH.code());
    }

    @Test
    void theOnlyLeaderEpochEndsWhereTheLogDoes() {
        table.produce(orders, batch("a", "b"));

        assertThat(epochEnd(0).endOffset()).isEqualTo(2);
        assertThat(epochEnd(0).leaderEpoch()).isZero();
        assertThat(epochEnd(5).endOffset()).isEqualTo(-1);
    }

    @Test
    void everyProducerGetsAnIdOfItsOwn() {
        assertThat(producerId(null).data().producerId())
                .isNotEqualTo(producerId(null).data().producerId());
        assertThat(producerId(null).data().producerEpoch()).isZero();
    }

    @Test
    void aTransactionalProducerIsToldThatThereAreNoTransactions() {
        assertThat(producerId("payments").error()).isEqualTo(Errors.UNSUPPORTED_VERSION);
        assertThat(producerId("").error()).isEqualTo(Errors.INVALID_REQUEST);
    }

    private InitProducerIdResponse producerId(@Nullable String transactionalId) {
        var data =
                new InitProducerIdRequestData()
                        .setTransactionTimeoutMs(1000)
                        .setTransactionalId(transactionalId);
        // Parsed, as the client's own builder does not build the wrong ones.
        var bytes = MessageUtil.toByteBufferAccessor(data, (short) 4);
        return table.ask(
                InitProducerIdRequest.parse(bytes, (short) 4), InitProducerIdResponse.class);
    }

    private EpochEndOffset epochEnd(int epoch) {
        var topics = new OffsetForLeaderTopicCollection();
        topics.add(
                new OffsetForLeaderTopic()
                        .setTopic("orders")
                        .setPartitions(
                                List.of(
                                        new OffsetForLeaderPartition()
                                                .setPartition(0)
                                                .setLeaderEpoch(epoch))));
        return table.ask(
                        OffsetsForLeaderEpochRequest.parse(
                                MessageUtil.toByteBufferAccessor(
                                        new OffsetForLeaderEpochRequestData()
                                                .setReplicaId(-1)
                                                .setTopics(topics),
                                        (short) 4),
                                (short) 4),
                        OffsetsForLeaderEpochResponse.class)
                .data()
                .topics()
                .iterator()
                .next()
                .partitions()
                .getFirst();
    }

    private ListOffsetsPartitionResponse offset(
            String topic, ListOffsetsPartition partition, short version) {
        var data =
                new ListOffsetsRequestData()
                        .setReplicaId(-1)
                        .setTopics(
                                List.of(
                                        new ListOffsetsTopic()
                                                .setName(topic)
                                                .setPartitions(List.of(partition))));
        var request =
                ListOffsetsRequest.parse(MessageUtil.toByteBufferAccessor(data, version), version);
        return table.ask(request, ListOffsetsResponse.class)
                .topics()
                .getFirst()
                .partitions()
                .getFirst();
    }

    private MetadataResponseData metadata(MetadataRequestData request, short version) {
        return table.ask(new MetadataRequest(request, version), MetadataResponse.class).data();
    }

    private static MetadataRequestData request(String topic) {
        return new MetadataRequestData()
                .setTopics(MetadataRequest.convertToMetadataRequestTopic(List.of(topic)));
    }

    private static Errors error(MetadataResponseData answer) {
        return Errors.forCode(answer.topics().iterator().next().errorCode());
    }
}
