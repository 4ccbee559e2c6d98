package io.sluice.engine.shard;

import io.sluice.broker.queue.BreakerView;
import io.sluice.broker.queue.JsonText;
import java.nio.charset.StandardCharsets;
import java.time.Instant;

/// A step of a breaker, as a record that tells others of it: [Events].
record BreakerEvent(
        HostedQueue queue, long atMillis, BreakerView.State from, BreakerView to, String why) {
    /// Events of one part stay in order.
    byte[] key() {
        var definition = queue.definition();
        return (definition.namespace() + "/" + definition.name() + "/" + queue.part().index())
                .getBytes(StandardCharsets.UTF_8);
    }

    byte[] value() {
        var definition = queue.definition();
        return ("{\"time\":\""
                        + Instant.ofEpochMilli(atMillis)
                        + "\",\"kind\":\"breaker\",\"namespace\":"
                        + JsonText.quoted(definition.namespace())
                        + ",\"queue\":"
                        + JsonText.quoted(definition.name())
                        + ",\"partition\":"
                        + queue.part().index()
                        + ",\"from\":\""
                        + word(from)
                        + "\",\"to\":\""
                        + word(to.state())
                        + "\",\"reason\":"
                        + JsonText.quoted(why)
                        + ",\"failed\":"
                        + to.failed()
                        + ",\"slow\":"
                        + to.slow()
                        + ",\"calls\":"
                        + to.calls()
                        + "}")
                .getBytes(StandardCharsets.UTF_8);
    }

    static String word(BreakerView.State state) {
        return switch (state) {
            case CLOSED -> "closed";
            case OPEN -> "open";
            case HALF_OPEN -> "half-open";
            case FORCED_OPEN -> "forced-open";
        };
    }
}
