package io.sluice.dialect.kafka.config;

import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigDef.Importance;

/// The settings of a topic that Kafka does not know. They stand beside Kafka's own, so that every Kafka tool lists,
/// explains and changes them.
public final class SluiceTopicConfigs {
    /// What must have happened to a batch before its producer is answered: [#SYNC] or [#OS].
    public static final String DURABILITY = "sluice.durability";

    /// Forced to the disk.
    public static final String SYNC = "sync";

    /// Handed to the operating system: survives the process, not the machine.
    public static final String OS = "os";

    /// What ends a record's time: [#TIME], [#CONSUMED] or [#STREAM]. Set by the broker alone.
    public static final String RETENTION = "sluice.retention";

    /// `retention.ms` and `retention.bytes`.
    static final String TIME = "time";

    /// That all queues on the topic are done with it.
    static final String CONSUMED = "consumed";

    /// Like [#TIME], for a topic that came with a stream queue and goes with it.
    static final String STREAM = "stream";

    private SluiceTopicConfigs() {}

    /// The definitions, with the server's own durability as the default.
    static ConfigDef definitions(String serverDurability) {
        return new ConfigDef()
                .define(
                        DURABILITY,
                        ConfigDef.Type.STRING,
                        serverDurability,
                        ConfigDef.ValidString.in(SYNC, OS),
                        Importance.HIGH,
                        "What must have happened to a record before its producer is told that it is stored."
                                + " \"sync\": it was forced to the disk and survives a power failure."
                                + " \"os\": it was handed to the operating system; it survives a crash of the broker"
                                + " but not of the machine, which is what Apache Kafka does unless told otherwise."
                                + " The default is the server's --durability.")
                .define(
                        RETENTION,
                        ConfigDef.Type.STRING,
                        TIME,
                        ConfigDef.ValidString.in(TIME, CONSUMED, STREAM),
                        Importance.LOW,
                        "What ends a record's time. \"time\": retention.ms and retention.bytes."
                                + " \"consumed\": all queues on the topic are done with it; the topic came with a queue"
                                + " and goes with the last one on it. \"stream\": like \"time\", for the topic of a"
                                + " stream queue. Set by the broker alone.");
    }
}
