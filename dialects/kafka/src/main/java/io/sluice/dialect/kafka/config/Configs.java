package io.sluice.dialect.kafka.config;

import io.sluice.dialect.kafka.KafkaSettings;
import java.util.HashMap;
import java.util.Map;

/// All that has settings which clients see.
public record Configs(TopicConfigs topics, GroupConfigs groups, BrokerConfigs broker) {
    /// As this process was started.
    ///
    /// @param groups the broker's settings about groups that differ from Kafka's defaults, by Kafka's names
    /// @param durability of topics that do not say, `sync` or `os`
    /// @param dataDirectory shown to whoever asks for the broker's settings
    public static Configs of(
            KafkaSettings settings,
            Map<String, String> groups,
            String durability,
            String dataDirectory) {
        var started = new HashMap<>(groups);
        var id = Integer.toString(KafkaSettings.NODE_ID);
        started.put("node.id", id);
        started.put("broker.id", id);
        started.put("log.dir", dataDirectory);
        started.put("log.dirs", dataDirectory);
        var port = settings.bind().getPort();
        started.put("listeners", listener(settings.bind().getHostString(), port));
        settings.advertisedHost()
                .ifPresent(host -> started.put("advertised.listeners", listener(host, port)));
        started.put("auto.create.topics.enable", Boolean.toString(settings.autoCreateTopics()));
        started.put("num.partitions", Integer.toString(settings.defaultPartitions()));
        started.put("socket.request.max.bytes", Integer.toString(settings.requestBytesMax()));
        started.put(SluiceTopicConfigs.DURABILITY, durability);
        return new Configs(
                new TopicConfigs(durability), new GroupConfigs(groups), new BrokerConfigs(started));
    }

    private static String listener(String host, int port) {
        return "PLAINTEXT://" + host + ":" + port;
    }
}
