package io.sluice.dialect.kafka.data;

import io.sluice.base.Clock;
import io.sluice.broker.BrokerError;
import io.sluice.broker.Catalog;
import io.sluice.broker.CatalogChange;
import io.sluice.broker.Reply;
import io.sluice.broker.Topic;
import io.sluice.dialect.kafka.Exchange;
import io.sluice.dialect.kafka.KafkaServices;
import io.sluice.dialect.kafka.KafkaSettings;
import io.sluice.dialect.kafka.MemoryBroker;
import io.sluice.dialect.kafka.TopicIds;
import io.sluice.dialect.kafka.config.TopicConfigs;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.compress.Compression;
import org.apache.kafka.common.message.ProduceRequestData;
import org.apache.kafka.common.message.ProduceRequestData.PartitionProduceData;
import org.apache.kafka.common.message.ProduceRequestData.TopicProduceData;
import org.apache.kafka.common.message.ProduceResponseData.PartitionProduceResponse;
import org.apache.kafka.common.record.internal.MemoryRecords;
import org.apache.kafka.common.record.internal.SimpleRecord;
import org.apache.kafka.common.requests.AbstractRequest;
import org.apache.kafka.common.requests.AbstractResponse;
import org.apache.kafka.common.requests.ProduceRequest;
import org.apache.kafka.common.requests.ProduceResponse;
import org.jspecify.annotations.Nullable;

/// All of this package's APIs over a broker in memory, asked on one connection.
final class DataTable implements AutoCloseable {
    static final short NEWEST_PRODUCE = 13;
    private static final short TOPIC_IDS_SINCE = 13;

    final MemoryBroker broker = new MemoryBroker();
    private final Exchange exchange;

    DataTable() {
        var settings = KafkaSettings.on(InetSocketAddress.createUnresolved("sluice.test", 9092));
        var services = new KafkaServices(broker, settings, Clock.system());
        exchange = new Exchange(DataApis.all(services, new TopicConfigs("sync")));
    }

    <T extends AbstractResponse> T ask(AbstractRequest request, Class<T> type) {
        return exchange.ask(request, type);
    }

    Topic create(String name, Map<String, String> config) {
        change(new CatalogChange.CreateTopic(new UUID(1, name.hashCode()), name, 2, config));
        return broker.catalog().topic(name).orElseThrow();
    }

    void change(CatalogChange change) {
        var done = new CompletableFuture<Catalog>();
        broker.change(
                change,
                new Reply<>() {
                    @Override
                    public void done(Catalog catalog) {
                        done.complete(catalog);
                    }

                    @Override
                    public void refused(BrokerError error) {
                        done.completeExceptionally(new AssertionError(error.message()));
                    }
                });
        done.join();
    }

    /// What partition 0 of the topic answers to a batch, sent in the newest version.
    PartitionProduceResponse produce(Topic topic, @Nullable ByteBuffer batch) {
        return produce(topic, batch, NEWEST_PRODUCE);
    }

    PartitionProduceResponse produce(Topic topic, @Nullable ByteBuffer batch, short version) {
        var answer =
                ask(produceRequest(topic, 0, batch, version, (short) -1), ProduceResponse.class);
        return answer.data().responses().iterator().next().partitionResponses().getFirst();
    }

    static ProduceRequest produceRequest(
            Topic topic, int partition, @Nullable ByteBuffer batch, short version, short acks) {
        var data =
                new TopicProduceData()
                        .setName(version < TOPIC_IDS_SINCE ? topic.name() : "")
                        .setTopicId(
                                version < TOPIC_IDS_SINCE
                                        ? Uuid.ZERO_UUID
                                        : TopicIds.kafka(topic.id()))
                        .setPartitionData(
                                List.of(
                                        new PartitionProduceData()
                                                .setIndex(partition)
                                                .setRecords(
                                                        batch == null
                                                                ? null
                                                                : MemoryRecords.readableRecords(
                                                                        batch))));
        var request = new ProduceRequestData().setAcks(acks).setTimeoutMs(1000);
        request.topicData().add(data);
        return new ProduceRequest(request, version);
    }

    /// A batch of records with those values, a key each, and the present time.
    static ByteBuffer batch(String... values) {
        return batch(Compression.NONE, System.currentTimeMillis(), values);
    }

    static ByteBuffer batch(Compression compression, long millis, String... values) {
        var records = new SimpleRecord[values.length];
        for (var i = 0; i < values.length; i++) {
            records[i] = new SimpleRecord(millis, utf8("key"), utf8(values[i]));
        }
        return MemoryRecords.withRecords(compression, records).buffer();
    }

    static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    static Optional<String> text(@Nullable ByteBuffer bytes) {
        return Optional.ofNullable(bytes).map(b -> StandardCharsets.UTF_8.decode(b).toString());
    }

    @Override
    public void close() {
        broker.close();
    }
}
