package io.sluice.dialect.kafka.admin;

import io.sluice.base.Clock;
import io.sluice.broker.Topic;
import io.sluice.dialect.kafka.Exchange;
import io.sluice.dialect.kafka.KafkaServices;
import io.sluice.dialect.kafka.KafkaSettings;
import io.sluice.dialect.kafka.MemoryBroker;
import io.sluice.dialect.kafka.config.Configs;
import java.net.InetSocketAddress;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.common.message.CreateTopicsRequestData;
import org.apache.kafka.common.message.CreateTopicsRequestData.CreatableTopic;
import org.apache.kafka.common.message.CreateTopicsRequestData.CreatableTopicConfig;
import org.apache.kafka.common.requests.AbstractRequest;
import org.apache.kafka.common.requests.AbstractResponse;
import org.apache.kafka.common.requests.CreateTopicsRequest;
import org.apache.kafka.common.requests.CreateTopicsResponse;

/// All of this package's APIs over a broker in memory, where a topic has 3 partitions unless told otherwise.
final class AdminTable implements AutoCloseable {
    final MemoryBroker broker = new MemoryBroker();
    private final Exchange exchange;

    AdminTable() {
        var settings =
                new KafkaSettings(
                        InetSocketAddress.createUnresolved("sluice.test", 9092),
                        Optional.empty(),
                        true,
                        3,
                        100 * 1024 * 1024,
                        20_000,
                        600_000);
        var services = new KafkaServices(broker, settings, Clock.system());
        exchange =
                new Exchange(
                        AdminApis.all(
                                services,
                                Configs.of(settings, Map.of(), "sync", "/var/lib/sluice"),
                                "/var/lib/sluice"));
    }

    <T extends AbstractResponse> T ask(AbstractRequest request, Class<T> type) {
        return exchange.ask(request, type);
    }

    /// A topic that is there afterwards.
    Topic create(String name, int partitions, Map<String, String> config) {
        var topic =
                new CreatableTopic()
                        .setName(name)
                        .setNumPartitions(partitions)
                        .setReplicationFactor((short) 1);
        config.forEach(
                (key, value) ->
                        topic.configs()
                                .add(new CreatableTopicConfig().setName(key).setValue(value)));
        var data = new CreateTopicsRequestData();
        data.topics().add(topic);
        var answer =
                ask(
                        new CreateTopicsRequest.Builder(data).build((short) 7),
                        CreateTopicsResponse.class);
        assert answer.data().topics().find(name).errorCode() == 0 : answer;
        return broker.catalog().topic(name).orElseThrow();
    }

    @Override
    public void close() {
        broker.close();
    }
}
