package io.sluice.transport;

import java.util.concurrent.RejectedExecutionException;
import org.jspecify.annotations.Nullable;

/// One request and the place of its answer in the connection's order.
public final class Exchange implements Runnable {
    private final FrameConnection connection;
    private final Frame frame;
    private @Nullable Answer answer;
    private @Nullable Outgoing outgoing;

    Exchange(FrameConnection connection, Frame frame) {
        this.connection = connection;
        this.frame = frame;
    }

    /// Answers, exactly once, on any thread. The answer leaves when those of all earlier requests have.
    public void answer(Answer answer) {
        assert this.answer == null : "a request is answered once";
        this.answer = answer;
        if (connection.inLoop()) {
            run();
            return;
        }
        try {
            connection.enqueue(this);
        } catch (RejectedExecutionException loopIsGone) {
            // Nobody is left to send it to; what it holds still goes back.
            answer.drop();
            frame.release();
        }
    }

    /// The hop onto the connection's loop; not for callers.
    @Override
    public void run() {
        assert answer != null : "an exchange runs when it was answered";
        connection.answered(this, answer);
    }

    /// The request's bytes are needed no longer.
    void releaseFrame() {
        frame.release();
    }

    void ready(Outgoing encoded) {
        outgoing = encoded;
    }

    /// What to send; null while it is not ready.
    @Nullable Outgoing outgoing() {
        return outgoing;
    }
}
