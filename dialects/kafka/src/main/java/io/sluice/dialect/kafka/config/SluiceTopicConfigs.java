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
                                + " The default is the server's --durability.");
    }
}
