package io.sluice.dialect.kafka.share;

import io.sluice.broker.queue.Delivery;
import java.util.List;

/// How much was handed out.
final class Counting {
    private Counting() {}

    /// At most: where compaction took some, there are fewer.
    static int records(List<Delivery> deliveries) {
        long count = 0;
        for (var delivery : deliveries) {
            count += records(delivery);
        }
        return (int) Math.min(Integer.MAX_VALUE, count);
    }

    static long records(Delivery delivery) {
        return delivery.lastOffset() - delivery.firstOffset() + 1;
    }

    static long bytes(List<Delivery> deliveries) {
        return deliveries.stream().mapToLong(Delivery::bytes).sum();
    }
}
