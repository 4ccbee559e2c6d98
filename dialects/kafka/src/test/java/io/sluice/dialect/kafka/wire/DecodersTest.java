package io.sluice.dialect.kafka.wire;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import io.sluice.base.Rng;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import org.apache.kafka.common.protocol.ApiKeys;
import org.apache.kafka.common.requests.AbstractRequest;
import org.apache.kafka.common.requests.RequestHeader;
import org.junit.jupiter.api.Test;

/// Requests that nobody in his right mind would send: read or refused, never a crash, a hang, or more memory than they are worth.
class DecodersTest {
    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    /// An array of the longest allowed length, or a few of them inside each other, each slot a reference or two.
    private static final long BYTES_MAX = 64L * BoundedReader.ELEMENTS_MAX;

    private static final List<ApiKeys> APIS =
            Arrays.stream(ApiKeys.values())
                    .filter(key -> key.hasValidVersion() && !key.clusterAction)
                    .toList();

    @Test
    void randomBytesAreRefusedWithoutMuchAllocation() {
        for (var seed = 1L; seed <= 3_000; seed++) {
            Rng.run(seed, rng -> parse(rng, rng.bytes(rng.below(300))));
        }
    }

    @Test
    void aRequestThatAnnouncesMoreThanItHoldsIsRefusedWithoutMuchAllocation() {
        for (var seed = 1L; seed <= 200; seed++) {
            Rng.run(seed, DecodersTest::announceTooMuch);
        }
    }

    /// 20 MB that begin with numbers as large as the room behind them would allow.
    private static void announceTooMuch(Rng rng) {
        var bytes = new byte[20 << 20];
        var head = ByteBuffer.wrap(bytes);
        for (var i = 0; i < 12; i++) {
            switch (rng.below(3)) {
                case 0 -> head.putInt(15_000_000);
                case 1 -> head.put((byte) 0xFF).put((byte) 0xFF).put((byte) 0xFF).put((byte) 6);
                default -> head.put((byte) rng.below(4));
            }
        }
        parse(rng, bytes);
    }

    @Test
    void randomHeadersAreRefused() {
        for (var seed = 1L; seed <= 3_000; seed++) {
            Rng.run(
                    seed,
                    rng -> {
                        try {
                            RequestHeader.parse(ByteBuffer.wrap(rng.bytes(rng.below(60))));
                        } catch (RuntimeException refused) {
                            assertThat(refused).isNotNull();
                        }
                    });
        }
    }

    private static void parse(Rng rng, byte[] bytes) {
        var api = APIS.get(rng.below(APIS.size()));
        var version = (short) rng.between(api.oldestVersion(), api.latestVersion());
        var before = THREADS.getCurrentThreadAllocatedBytes();
        try {
            AbstractRequest.parseRequest(api, version, new BoundedReader(ByteBuffer.wrap(bytes)));
        } catch (RuntimeException refused) {
            assertThat(refused).isNotNull();
        }
        assertThat(THREADS.getCurrentThreadAllocatedBytes() - before)
                .as("allocated for %s version %s", api, version)
                .isLessThan(BYTES_MAX + 2L * bytes.length);
    }
}
