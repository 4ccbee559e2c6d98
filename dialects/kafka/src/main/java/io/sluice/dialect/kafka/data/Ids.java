package io.sluice.dialect.kafka.data;

import java.util.UUID;
import org.apache.kafka.common.Uuid;

/// Topic ids in Kafka's type and in the JDK's.
final class Ids {
    private Ids() {}

    static Uuid kafka(UUID id) {
        return new Uuid(id.getMostSignificantBits(), id.getLeastSignificantBits());
    }

    static UUID java(Uuid id) {
        return new UUID(id.getMostSignificantBits(), id.getLeastSignificantBits());
    }
}
