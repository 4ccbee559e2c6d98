package io.sluice.dialect.amqp.session;

import io.sluice.dialect.amqp.codec.BasicMethod;
import io.sluice.dialect.amqp.codec.ChannelMethod;
import io.sluice.dialect.amqp.codec.Method;
import java.util.ArrayDeque;

/// Keeps what comes for a channel in order: while the channel is *busy*, what comes waits here.
///
/// It is busy with a question to the broker, or with a message that there is no room for. Owned by the connection's loop.
final class InputOrder {
    /// About what a method takes.
    private static final int METHOD_BYTES = 128;

    private final AmqpChannel channel;
    private final DeferredBytes deferredBytes;
    private final ArrayDeque<Input> waiting = new ArrayDeque<>();
    private boolean busy;
    private boolean heldBack;
    private boolean goingOn;
    private boolean ended;

    private sealed interface Input {
        int bytes();

        record OfMethod(Method method) implements Input {
            @Override
            public int bytes() {
                return METHOD_BYTES;
            }
        }

        /// @param content kept
        record OfContent(Content content) implements Input {
            @Override
            public int bytes() {
                return METHOD_BYTES + content.bytes();
            }
        }
    }

    InputOrder(AmqpChannel channel, DeferredBytes deferredBytes) {
        this.channel = channel;
        this.deferredBytes = deferredBytes;
    }

    void take(Method method) {
        if (mayOvertake(method) || isFree()) {
            channel.run(method);
        } else {
            var input = new Input.OfMethod(method);
            waiting.add(input);
            deferredBytes.add(input.bytes());
        }
    }

    void take(Content content) {
        if (isFree()) {
            channel.run(content);
        } else {
            var input = new Input.OfContent(content.kept());
            waiting.add(input);
            deferredBytes.add(input.bytes());
        }
    }

    private boolean isFree() {
        return !busy && waiting.isEmpty();
    }

    /// Messages that are held back hold back nothing that makes room.
    private boolean mayOvertake(Method method) {
        return heldBack
                && (method instanceof BasicMethod.Ack
                        || method instanceof BasicMethod.Nack
                        || method instanceof BasicMethod.Reject
                        || method instanceof ChannelMethod.Close);
    }

    /// It is busy from now on, until [#goOn].
    void stop() {
        busy = true;
    }

    /// There is no room for this message now: it comes before all that waits, after [#roomAgain].
    void holdBack(Content content) {
        heldBack = true;
        busy = true;
        var input = new Input.OfContent(content.kept());
        waiting.addFirst(input);
        deferredBytes.add(input.bytes());
    }

    void roomAgain() {
        heldBack = false;
        goOn(() -> {});
    }

    /// What it was busy with is done: `then` runs before what waits.
    void goOn(Runnable then) {
        if (ended) {
            return;
        }
        busy = false;
        then.run();
        if (!goingOn) {
            goingOn = true;
            runWaiting();
            goingOn = false;
        }
    }

    private void runWaiting() {
        while (!busy && !ended) {
            var input = waiting.poll();
            if (input == null) {
                return;
            }
            switch (input) {
                case Input.OfMethod(Method method) -> channel.run(method);
                case Input.OfContent(Content content) -> channel.run(content);
            }
            deferredBytes.remove(input.bytes());
        }
    }

    /// Drops what waits: the channel has ended.
    void end() {
        ended = true;
        for (var input = waiting.poll(); input != null; input = waiting.poll()) {
            if (input instanceof Input.OfContent(Content content) && content.reserved() > 0) {
                channel.session().connection().release(content.reserved());
            }
            deferredBytes.remove(input.bytes());
        }
    }
}
