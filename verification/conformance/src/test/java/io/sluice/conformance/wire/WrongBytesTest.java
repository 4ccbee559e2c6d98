package io.sluice.conformance.wire;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.conformance.support.Clients;
import io.sluice.conformance.support.Conformance;
import io.sluice.conformance.support.Reading;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.apache.kafka.common.protocol.ApiKeys;
import org.apache.kafka.common.protocol.Errors;
import org.apache.kafka.common.requests.ApiVersionsRequest;
import org.apache.kafka.common.requests.ApiVersionsResponse;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// What is no request at all ends its connection, and nobody else notices.
@Conformance
class WrongBytesTest {
    @AfterEach
    void othersAreServedAsBefore(Clients clients) {
        var topic = clients.topic("bystander", 1);
        var _ = clients.write(topic, 0, List.of("a"));
        assertThat(Reading.values(clients, topic)).containsExactly("a");
    }

    @Test
    void aVersionOfApiVersionsFromTheFutureIsAnsweredInTheFirstOne(Clients clients) {
        try (var wire = connect(clients)) {
            var correlation = wire.sendRaw(ApiKeys.API_VERSIONS.id, 99, new byte[20]);

            var answer = wire.receiveFrame();
            assertThat(answer.getInt()).isEqualTo(correlation);
            assertThat(answer.getShort()).isEqualTo(Errors.UNSUPPORTED_VERSION.code());
            assertThat(answer.getInt()).as("the versions that are supported").isPositive();

            var second =
                    wire.ask(
                            new ApiVersionsRequest.Builder().build((short) 3),
                            ApiVersionsResponse.class);
            assertThat(second.data().errorCode()).isZero();
            assertThat(second.apiVersion(ApiKeys.PRODUCE.id)).isNotNull();
        }
    }

    @Test
    void everyAdvertisedVersionIsOneThatTheLibraryKnows(Clients clients) {
        try (var wire = connect(clients)) {
            var versions =
                    wire.ask(
                            new ApiVersionsRequest.Builder().build((short) 3),
                            ApiVersionsResponse.class);

            for (var version : versions.data().apiKeys()) {
                var api = ApiKeys.forId(version.apiKey());
                assertThat(version.minVersion())
                        .as(api.name)
                        .isBetween((short) 0, version.maxVersion());
                assertThat(version.maxVersion())
                        .as(api.name)
                        .isLessThanOrEqualTo(api.latestVersion(true));
            }
        }
    }

    @Test
    void anUnknownApiEndsTheConnection(Clients clients) {
        try (var wire = connect(clients)) {
            wire.sendRaw(12_345, 0, new byte[0]);

            assertThat(wire.isClosedByTheBroker()).isTrue();
        }
    }

    @Test
    void anUnknownVersionEndsTheConnection(Clients clients) {
        try (var wire = connect(clients)) {
            wire.sendRaw(ApiKeys.METADATA.id, 500, new byte[0]);

            assertThat(wire.isClosedByTheBroker()).isTrue();
        }
    }

    @Test
    void anotherProtocolEndsTheConnection(Clients clients) {
        try (var wire = connect(clients)) {
            wire.sendBytes(
                    "GET / HTTP/1.1\r\nHost: broker\r\n\r\n".getBytes(StandardCharsets.US_ASCII));

            assertThat(wire.isClosedByTheBroker()).isTrue();
        }
    }

    @Test
    void aLengthBeyondTheLimitEndsTheConnectionBeforeAnythingIsAllocated(Clients clients) {
        for (var length : List.of(Integer.MAX_VALUE, 200 << 20, -1, Integer.MIN_VALUE)) {
            try (var wire = connect(clients)) {
                wire.sendBytes(ByteBuffer.allocate(4).putInt(length).array());

                assertThat(wire.isClosedByTheBroker()).as("length %s", length).isTrue();
            }
        }
    }

    @Test
    void aRequestThatEndsTooEarlyEndsTheConnection(Clients clients) {
        try (var wire = connect(clients)) {
            // A Metadata request that announces a thousand topics and names none.
            wire.sendRaw(ApiKeys.METADATA.id, 1, ByteBuffer.allocate(4).putInt(1_000).array());

            assertThat(wire.isClosedByTheBroker()).isTrue();
        }
    }

    @Test
    void anArrayLongerThanItsRequestIsNotAllocated(Clients clients) {
        try (var wire = connect(clients)) {
            wire.sendRaw(
                    ApiKeys.METADATA.id,
                    1,
                    ByteBuffer.allocate(4).putInt(Integer.MAX_VALUE).array());

            assertThat(wire.isClosedByTheBroker()).isTrue();
        }
    }

    @Test
    void aClientThatGoesAwayInTheMiddleOfARequestHarmsNobody(Clients clients) {
        try (var wire = connect(clients)) {
            wire.sendBytes(ByteBuffer.allocate(8).putInt(1_000).putInt(7).array());
        }
    }

    @Test
    void noiseEndsTheConnectionOrIsAnswered(Clients clients) {
        var random = new Random(42);
        for (var round = 0; round < 200; round++) {
            try (var wire = connect(clients)) {
                var frame = new byte[8 + random.nextInt(200)];
                random.nextBytes(frame);
                // A real API in front, so that its parser meets the noise.
                ByteBuffer.wrap(frame)
                        .putShort((short) random.nextInt(76))
                        .putShort((short) random.nextInt(10));
                wire.sendFrame(ByteBuffer.wrap(frame));
            }
        }
    }

    @Test
    void idleConnectionsDoNotStopAnybody(Clients clients) {
        var idle = new ArrayList<Wire>();
        try {
            for (var i = 0; i < 1_000; i++) {
                idle.add(connect(clients));
            }
            var topic = clients.topic("crowded", 1);
            var _ = clients.write(topic, 0, List.of("a"));
            assertThat(Reading.values(clients, topic)).containsExactly("a");
            var last =
                    idle.getLast()
                            .ask(
                                    new ApiVersionsRequest.Builder().build((short) 3),
                                    ApiVersionsResponse.class);
            assertThat(last.data().errorCode()).isZero();
        } finally {
            idle.forEach(Wire::close);
        }
    }

    private static Wire connect(Clients clients) {
        return new Wire(clients.bootstrap());
    }
}
