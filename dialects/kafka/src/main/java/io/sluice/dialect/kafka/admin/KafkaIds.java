package io.sluice.dialect.kafka.admin;

import java.util.UUID;
import org.apache.kafka.common.Uuid;

/// The two spellings of a 128-bit id.
final class KafkaIds {
    private KafkaIds() {}

    static Uuid of(UUID id) {
        return new Uuid(id.getMostSignificantBits(), id.getLeastSignificantBits());
    }

    static UUID of(Uuid id) {
        return new UUID(id.getMostSignificantBits(), id.getLeastSignificantBits());
    }
}
