package io.sluice.conformance.client;

import static io.sluice.conformance.support.Clients.done;

import io.sluice.conformance.process.Until;
import io.sluice.conformance.support.Clients;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.consumer.AcknowledgeType;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaShareConsumer;
import org.apache.kafka.clients.consumer.ShareConsumer;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.serialization.StringDeserializer;

/// A share group of one test, which begins at the start of its topic.
record Sharing(Clients clients, String group) {
    private static final Duration POLL = Duration.ofMillis(200);

    static Sharing of(Clients clients, String hint) {
        var sharing = new Sharing(clients, clients.name(hint));
        sharing.configure("share.auto.offset.reset", "earliest");
        return sharing;
    }

    /// @param settings name, value, name, value, ...
    void configure(String... settings) {
        var operations = new ArrayList<AlterConfigOp>();
        for (int i = 0; i < settings.length; i += 2) {
            operations.add(
                    new AlterConfigOp(
                            new ConfigEntry(settings[i], settings[i + 1]),
                            AlterConfigOp.OpType.SET));
        }
        var resource = new ConfigResource(ConfigResource.Type.GROUP, group);
        var _ = done(clients.admin().incrementalAlterConfigs(Map.of(resource, operations)).all());
    }

    ShareConsumer<String, String> consumer(String topic) {
        return consumer(topic, Map.of());
    }

    /// One that says what becomes of each record.
    ShareConsumer<String, String> explicit(String topic) {
        return consumer(topic, Map.of("share.acknowledgement.mode", "explicit"));
    }

    ShareConsumer<String, String> consumer(String topic, Map<String, ?> settings) {
        var all = new HashMap<String, Object>(settings);
        all.put("bootstrap.servers", clients.bootstrap());
        all.put("group.id", group);
        var consumer =
                new KafkaShareConsumer<>(all, new StringDeserializer(), new StringDeserializer());
        var _ = clients.closing(() -> consumer.close(Duration.ofSeconds(1)));
        consumer.subscribe(List.of(topic));
        return consumer;
    }

    /// Polls until `count` records have come; `each` is told of every one.
    static List<ConsumerRecord<String, String>> take(
            ShareConsumer<String, String> consumer,
            int count,
            Consumer<ConsumerRecord<String, String>> each) {
        var taken = new ArrayList<ConsumerRecord<String, String>>();
        Until.holds(
                count + " records have come",
                () -> {
                    consumer.poll(POLL)
                            .forEach(
                                    record -> {
                                        taken.add(record);
                                        each.accept(record);
                                    });
                    return taken.size() >= count;
                });
        return taken;
    }

    static List<ConsumerRecord<String, String>> take(
            ShareConsumer<String, String> consumer, int count) {
        return take(consumer, count, _ -> {});
    }

    /// Takes `count` records and gives them back; returns when the broker knows.
    static void release(ShareConsumer<String, String> consumer, int count) {
        var _ =
                take(
                        consumer,
                        count,
                        record -> consumer.acknowledge(record, AcknowledgeType.RELEASE));
        var _ = consumer.commitSync();
    }

    static List<String> values(List<ConsumerRecord<String, String>> records) {
        return records.stream().map(ConsumerRecord::value).toList();
    }
}
