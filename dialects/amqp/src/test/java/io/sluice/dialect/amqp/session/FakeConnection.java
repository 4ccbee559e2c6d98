package io.sluice.dialect.amqp.session;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.sluice.transport.Cancellable;
import io.sluice.transport.StreamConnection;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// A peer without a socket: its time passes when the test says so, and what was sent to it lies here.
final class FakeConnection implements StreamConnection {
    private static final InetSocketAddress ADDRESS =
            new InetSocketAddress(InetAddress.getLoopbackAddress(), 1);

    private final List<Task> tasks = new ArrayList<>();
    private final List<byte[]> written = new ArrayList<>();
    private List<byte[]> sent = new ArrayList<>();
    private Optional<String> end = Optional.empty();
    private boolean reading = true;
    private long nowMillis;

    /// No record: two of them are never the same.
    private static final class Task {
        private final Runnable what;
        private final long dueMillis;

        Task(Runnable what, long dueMillis) {
            this.what = what;
            this.dueMillis = dueMillis;
        }
    }

    /// Lets time pass, with everything that is due in it.
    void pass(long millis) {
        long until = nowMillis + millis;
        while (true) {
            var next =
                    tasks.stream()
                            .filter(task -> task.dueMillis <= until)
                            .min((one, other) -> Long.compare(one.dueMillis, other.dueMillis));
            if (next.isEmpty() || end.isPresent()) {
                break;
            }
            nowMillis = next.get().dueMillis;
            tasks.remove(next.get());
            next.get().what.run();
        }
        nowMillis = until;
    }

    /// What was sent since this was asked last.
    List<byte[]> takeSent() {
        var taken = sent;
        sent = new ArrayList<>();
        return taken;
    }

    /// Why this side has hung up; empty: it has not.
    Optional<String> end() {
        return end;
    }

    boolean isReading() {
        return reading;
    }

    boolean hasTasks() {
        return !tasks.isEmpty();
    }

    @Override
    public ByteBuf allocate(int bytes) {
        return Unpooled.buffer(bytes);
    }

    @Override
    public void write(ByteBuf bytes) {
        var copy = new byte[bytes.readableBytes()];
        bytes.readBytes(copy);
        bytes.release();
        written.add(copy);
    }

    @Override
    public void flush() {
        sent.addAll(written);
        written.clear();
    }

    @Override
    public Cancellable schedule(Runnable task, long delayMillis) {
        var scheduled = new Task(task, nowMillis + delayMillis);
        tasks.add(scheduled);
        return () -> tasks.remove(scheduled);
    }

    @Override
    public void hangUp(String reason) {
        end = Optional.of(reason);
    }

    @Override
    public void pauseReading() {
        reading = false;
    }

    @Override
    public void resumeReading() {
        reading = true;
    }

    @Override
    public boolean isWritable() {
        return true;
    }

    @Override
    public boolean inLoop() {
        return true;
    }

    @Override
    public void authenticated() {}

    @Override
    public boolean reserve(int bytes, Runnable granted) {
        return true;
    }

    @Override
    public void release(int bytes) {}

    @Override
    public void close() {
        end = Optional.of("closed");
    }

    @Override
    public InetSocketAddress remote() {
        return ADDRESS;
    }

    @Override
    public InetSocketAddress local() {
        return ADDRESS;
    }

    @Override
    public void execute(Runnable task) {
        tasks.add(new Task(task, nowMillis));
    }
}
