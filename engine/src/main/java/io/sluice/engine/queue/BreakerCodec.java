package io.sluice.engine.queue;

import io.sluice.base.Varint;
import io.sluice.broker.policy.BreakerState;
import io.sluice.broker.policy.BreakerTransition;
import io.sluice.broker.queue.BreakerView.State;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/// What a queue's state log says of its breaker. Steps are drawn in [QueueFacts]; where it stands is a section of a snapshot:
///
/// ```text
///   state u8: 0 closed, 1 open, 2 half open, 3 forced open; since, until, open for, reason: length, UTF-8
/// ```
final class BreakerCodec {
    private BreakerCodec() {}

    static int bytesMax(String reason) {
        return 1 + 4 * Varint.MAX_BYTES + 3 * reason.length();
    }

    static void write(BreakerState breaker, ByteBuffer into) {
        into.put(code(breaker.state()));
        Varint.write(breaker.sinceMillis(), into);
        Varint.write(breaker.untilMillis(), into);
        Varint.write(breaker.openMillis(), into);
        writeText(breaker.reason(), into);
    }

    static BreakerState read(ByteBuffer from) {
        var state = state(from.get());
        long since = Varint.read(from);
        long until = Varint.read(from);
        long openMillis = Varint.read(from);
        return new BreakerState(state, readText(from), since, until, openMillis);
    }

    static void write(BreakerTransition.Opened opened, ByteBuffer into) {
        Varint.write(opened.atMillis(), into);
        Varint.write(opened.untilMillis(), into);
        writeText(opened.reason(), into);
    }

    static BreakerTransition.Opened readOpened(ByteBuffer from) {
        long at = Varint.read(from);
        long until = Varint.read(from);
        return new BreakerTransition.Opened(at, until, readText(from));
    }

    private static void writeText(String text, ByteBuffer into) {
        var bytes = text.getBytes(StandardCharsets.UTF_8);
        Varint.write(bytes.length, into);
        into.put(bytes);
    }

    private static String readText(ByteBuffer from) {
        var bytes = new byte[(int) Varint.read(from)];
        from.get(bytes);
        return new String(bytes, StandardCharsets.UTF_8);
    }

    private static byte code(State state) {
        return switch (state) {
            case CLOSED -> 0;
            case OPEN -> 1;
            case HALF_OPEN -> 2;
            case FORCED_OPEN -> 3;
        };
    }

    private static State state(byte code) {
        return switch (code) {
            case 0 -> State.CLOSED;
            case 1 -> State.OPEN;
            case 2 -> State.HALF_OPEN;
            case 3 -> State.FORCED_OPEN;
            default -> throw new IllegalArgumentException("a breaker's state of code " + code);
        };
    }
}
