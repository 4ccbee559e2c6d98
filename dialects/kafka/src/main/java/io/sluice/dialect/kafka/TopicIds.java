package io.sluice.dialect.kafka;

import java.util.UUID;
import org.apache.kafka.common.Uuid;

/// Topic ids, in Kafka's type and in the JDK's.
public final class TopicIds {
    private TopicIds() {}

    public static Uuid kafka(UUID id) {
        return new Uuid(id.getMostSignificantBits(), id.getLeastSignificantBits());
    }

    public static UUID java(Uuid id) {
        return new UUID(id.getMostSignificantBits(), id.getLeastSignificantBits());
    }

    /// A new topic's id. Kafka's own generator gives none of the reserved ones, and none that begins with a dash, which
    /// command lines would take for an option.
    public static UUID random() {
        return java(Uuid.randomUuid());
    }
}
