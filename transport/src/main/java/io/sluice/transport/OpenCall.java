package io.sluice.transport;

import io.sluice.transport.http.HttpCall;
import io.sluice.transport.http.HttpOutcome;
import io.sluice.transport.http.HttpOutcome.Cause;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// A call that has not been answered yet. Owned by its client's loop.
final class OpenCall implements Cancellable {
    private final HttpCall call;
    private final Consumer<HttpOutcome> then;
    private final Cancellable timer;
    private boolean over;
    private Runnable abandon = () -> {};
    private @Nullable Supplier<HttpOutcome> soFar;

    OpenCall(HttpCall call, Loop loop, Consumer<HttpOutcome> then) {
        this.call = call;
        this.then = then;
        this.timer = loop.after(call.timeoutMillis(), this::timeout);
    }

    HttpCall call() {
        return call;
    }

    boolean isOver() {
        return over;
    }

    /// What is to be done with what was opened for it when nobody waits for it any longer.
    void whenAbandoned(Runnable task) {
        abandon = task;
    }

    /// The answer's head is here: that is what counts from now on, however the connection ends.
    void heard(Supplier<HttpOutcome> answer) {
        soFar = answer;
    }

    /// There was an answer, or nothing more will come.
    void end(HttpOutcome outcome) {
        if (!over) {
            over = true;
            timer.cancel();
            then.accept(soFar == null ? outcome : soFar.get());
        }
    }

    void fail(Cause cause, String text) {
        end(new HttpOutcome.Failed(cause, text));
    }

    private void timeout() {
        if (!over) {
            fail(Cause.TIMEOUT, "no answer within " + call.timeoutMillis() + " ms");
            abandon.run();
        }
    }

    /// Nobody wants to hear of it any longer.
    @Override
    public void cancel() {
        if (!over) {
            over = true;
            timer.cancel();
            abandon.run();
        }
    }
}
