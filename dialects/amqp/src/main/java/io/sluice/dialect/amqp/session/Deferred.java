package io.sluice.dialect.amqp.session;

import io.sluice.dialect.amqp.codec.Method;
import java.util.ArrayDeque;
import org.jspecify.annotations.Nullable;

/// What came for a channel while it was busy, in order.
final class Deferred {
    /// About what a method takes.
    private static final int METHOD_BYTES = 128;

    sealed interface Input {
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

    private final ArrayDeque<Input> waiting = new ArrayDeque<>();

    void add(Input input) {
        waiting.add(input);
    }

    /// Before all others: it was begun and could not go on.
    void addFirst(Input input) {
        waiting.addFirst(input);
    }

    @Nullable Input poll() {
        return waiting.poll();
    }

    boolean isEmpty() {
        return waiting.isEmpty();
    }
}
