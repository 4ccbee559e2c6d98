package io.sluice.dialect.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import io.sluice.base.Rng;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import org.apache.kafka.common.compress.Compression;
import org.apache.kafka.common.message.ApiVersionsRequestData;
import org.apache.kafka.common.message.FetchRequestData;
import org.apache.kafka.common.message.FetchRequestData.FetchPartition;
import org.apache.kafka.common.message.FetchRequestData.FetchTopic;
import org.apache.kafka.common.message.MetadataRequestData;
import org.apache.kafka.common.message.ProduceRequestData;
import org.apache.kafka.common.message.ProduceRequestData.PartitionProduceData;
import org.apache.kafka.common.message.ProduceRequestData.TopicProduceData;
import org.apache.kafka.common.protocol.ApiKeys;
import org.apache.kafka.common.protocol.Errors;
import org.apache.kafka.common.record.internal.MemoryRecords;
import org.apache.kafka.common.record.internal.SimpleRecord;
import org.apache.kafka.common.requests.ApiVersionsRequest;
import org.apache.kafka.common.requests.ApiVersionsResponse;
import org.apache.kafka.common.requests.FetchRequest;
import org.apache.kafka.common.requests.FetchResponse;
import org.apache.kafka.common.requests.MetadataRequest;
import org.apache.kafka.common.requests.MetadataResponse;
import org.apache.kafka.common.requests.ProduceRequest;
import org.apache.kafka.common.requests.ProduceResponse;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// What a listener does with clients that are wrong, impatient or strange.
class WrongClientsTest {
    private static final short METADATA = 4;
    private static final short PRODUCE = 9;
    private static final short FETCH = 11;

    private final RunningDialect dialect = new RunningDialect();

    @BeforeEach
    void aTopic() throws IOException {
        try (var client = new RawClient(dialect)) {
            client.send(metadata("orders"), 1);
            client.receive(ApiKeys.METADATA, METADATA, 1);
        }
    }

    @AfterEach
    void stop() {
        dialect.close();
    }

    @Test
    void anApiVersionsRequestFromTheFutureIsAnsweredInVersionZero() throws IOException {
        try (var client = new RawClient(dialect)) {
            var strange = RawClient.bytes(apiVersions((short) 3), 7);
            ByteBuffer.wrap(strange).putShort(2, (short) 99);
            client.send(strange);

            var answer = (ApiVersionsResponse) client.receive(ApiKeys.API_VERSIONS, (short) 0, 7);

            assertThat(answer.data().errorCode()).isEqualTo(Errors.UNSUPPORTED_VERSION.code());
            assertThat(answer.apiVersion(ApiKeys.API_VERSIONS.id).maxVersion())
                    .isEqualTo((short) 4);
            client.send(apiVersions((short) 4), 8);
            var second = (ApiVersionsResponse) client.receive(ApiKeys.API_VERSIONS, (short) 4, 8);
            assertThat(second.data().errorCode()).isZero();
            assertThat(second.apiVersion(ApiKeys.PRODUCE.id).minVersion()).isZero();
            assertThat(second.apiVersion(ApiKeys.ADD_PARTITIONS_TO_TXN.id)).isNull();
        }
    }

    @Test
    void aClientNameOutsideOfTheRulesIsInvalid() throws IOException {
        try (var client = new RawClient(dialect)) {
            client.send(
                    new ApiVersionsRequest(
                            new ApiVersionsRequestData()
                                    .setClientSoftwareName("a b")
                                    .setClientSoftwareVersion("1"),
                            (short) 3),
                    1);

            var answer = (ApiVersionsResponse) client.receive(ApiKeys.API_VERSIONS, (short) 3, 1);
            assertThat(answer.data().errorCode()).isEqualTo(Errors.INVALID_REQUEST.code());
        }
    }

    @Test
    void whatIsNotOfferedEndsTheConnection() throws IOException {
        var noSuchApi = ByteBuffer.allocate(10).putShort((short) 999).putShort((short) 0).array();
        var notYet =
                ByteBuffer.allocate(30).putShort(ApiKeys.END_TXN.id).putShort((short) 1).array();
        var tooOld =
                ByteBuffer.allocate(30).putShort(ApiKeys.PRODUCE.id).putShort((short) 2).array();
        var tooNew =
                ByteBuffer.allocate(30).putShort(ApiKeys.FETCH.id).putShort((short) 30).array();
        for (var bytes : List.of(noSuchApi, notYet, tooOld, tooNew, new byte[1], new byte[8])) {
            try (var client = new RawClient(dialect)) {
                client.send(bytes);

                assertThat(client.isClosedByPeer()).isTrue();
            }
        }
    }

    @Test
    void acksZeroIsNotAnsweredAndARefusalEndsTheConnection() throws IOException {
        try (var client = new RawClient(dialect)) {
            client.send(produce("orders", (short) 0), 1);
            client.send(metadata("orders"), 2);
            client.receive(ApiKeys.METADATA, METADATA, 2);

            client.send(produce("nowhere", (short) 0), 3);

            assertThat(client.isClosedByPeer()).isTrue();
        }
    }

    @Test
    void invalidAcksOfAClientThatIsNotAnsweredAreAnsweredAllTheSame() throws IOException {
        try (var client = new RawClient(dialect)) {
            client.send(produce("orders", (short) 5), 1);

            var answer = (ProduceResponse) client.receive(ApiKeys.PRODUCE, PRODUCE, 1);
            assertThat(answer.errorCounts()).containsOnlyKeys(Errors.INVALID_REQUIRED_ACKS);
        }
    }

    @Test
    void aWaitingFetchHoldsUpItsOwnConnectionOnly() throws IOException {
        try (var reader = new RawClient(dialect);
                var writer = new RawClient(dialect)) {
            reader.send(fetchWaiting(), 1);
            reader.send(metadata("orders"), 2);

            writer.send(produce("orders", (short) -1), 1);
            writer.receive(ApiKeys.PRODUCE, PRODUCE, 1);

            var fetched = (FetchResponse) reader.receive(ApiKeys.FETCH, FETCH, 1);
            assertThat(
                            fetched.data()
                                    .responses()
                                    .getFirst()
                                    .partitions()
                                    .getFirst()
                                    .records()
                                    .sizeInBytes())
                    .isPositive();
            var metadata = (MetadataResponse) reader.receive(ApiKeys.METADATA, METADATA, 2);
            assertThat(metadata.errors()).isEmpty();
        }
    }

    @Test
    void aFetchThatWaitsIsAnsweredWhenTheServerStops() throws Exception {
        try (var reader = new RawClient(dialect)) {
            reader.send(metadata("orders"), 1);
            reader.receive(ApiKeys.METADATA, METADATA, 1);
            var before = dialect.requests();
            reader.send(fetchWaiting(), 2);
            reader.send(metadata("orders"), 3);
            arrived(before + 2);
            var stopping = Thread.ofPlatform().start(dialect::close);

            var fetched = (FetchResponse) reader.receive(ApiKeys.FETCH, FETCH, 2);

            assertThat(fetched.error()).isEqualTo(Errors.NONE);
            stopping.join(10_000);
            assertThat(stopping.isAlive()).isFalse();
        }
    }

    private void arrived(long requests) {
        assertTimeoutPreemptively(
                Duration.ofSeconds(10),
                () -> {
                    while (dialect.requests() < requests) {
                        Thread.onSpinWait();
                    }
                });
    }

    @Test
    void mutatedRequestsNeverHarmTheOthers() throws IOException {
        var real =
                List.of(
                        RawClient.bytes(produce("orders", (short) 1), 1),
                        RawClient.bytes(fetchWaiting(), 2),
                        RawClient.bytes(metadata("orders"), 3),
                        RawClient.bytes(apiVersions((short) 3), 4));
        for (var seed = 1L; seed <= 150; seed++) {
            Rng.run(seed, rng -> sendMutated(rng, real));
        }
        try (var client = new RawClient(dialect)) {
            client.send(metadata("orders"), 1);
            client.receive(ApiKeys.METADATA, METADATA, 1);
        }
    }

    private void sendMutated(Rng rng, List<byte[]> real) throws IOException {
        try (var client = new RawClient(dialect)) {
            for (var i = 0; i < 5; i++) {
                var bytes = real.get(rng.below(real.size())).clone();
                for (var flips = rng.below(6); flips >= 0; flips--) {
                    bytes[rng.below(bytes.length)] = (byte) rng.nextLong();
                }
                client.send(bytes);
            }
        } catch (IOException closedByPeer) {
            // What is expected of a listener that was sent nonsense.
        }
    }

    private static ApiVersionsRequest apiVersions(short version) {
        return new ApiVersionsRequest(
                new ApiVersionsRequestData()
                        .setClientSoftwareName("raw")
                        .setClientSoftwareVersion("1"),
                version);
    }

    private static MetadataRequest metadata(String topic) {
        return new MetadataRequest(
                new MetadataRequestData()
                        .setTopics(MetadataRequest.convertToMetadataRequestTopic(List.of(topic)))
                        .setAllowAutoTopicCreation(topic.equals("orders")),
                METADATA);
    }

    private static ProduceRequest produce(String topic, short acks) {
        var records =
                MemoryRecords.withRecords(
                        Compression.NONE, new SimpleRecord(1, new byte[1], new byte[50]));
        var data = new ProduceRequestData().setAcks(acks).setTimeoutMs(1000);
        data.topicData()
                .add(
                        new TopicProduceData()
                                .setName(topic)
                                .setPartitionData(
                                        List.of(
                                                new PartitionProduceData()
                                                        .setIndex(0)
                                                        .setRecords(records))));
        return new ProduceRequest(data, PRODUCE);
    }

    /// At the end of the log, for as long as it takes.
    private static FetchRequest fetchWaiting() {
        return new FetchRequest(
                new FetchRequestData()
                        .setMaxWaitMs(60_000)
                        .setMinBytes(1)
                        .setMaxBytes(1 << 20)
                        .setSessionEpoch(-1)
                        .setTopics(
                                List.of(
                                        new FetchTopic()
                                                .setTopic("orders")
                                                .setPartitions(
                                                        List.of(
                                                                new FetchPartition()
                                                                        .setPartition(0)
                                                                        .setFetchOffset(0)
                                                                        .setPartitionMaxBytes(
                                                                                1 << 20))))),
                FETCH);
    }
}
