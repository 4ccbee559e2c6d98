package io.sluice.engine.shard;

import io.sluice.broker.BrokerError;
import io.sluice.engine.drive.Bell;
import java.util.concurrent.atomic.AtomicLong;
import org.jctools.queues.MpscArrayQueue;

/// The commands that wait for their shard. Any thread puts in, the shard takes out, in the order of putting in.
///
/// Clients' commands may fill half of it; the other half is kept for what the shards tell each other, whose number is bounded by what
/// clients were let in with.
final class Mailbox {
    private static final BrokerError FULL =
            new BrokerError.Overloaded("too many commands are waiting; try again");
    private static final BrokerError CLOSED = new BrokerError.Unavailable("the broker is stopping");

    private final MpscArrayQueue<Command> queue;
    private final int clientsMax;
    private final AtomicLong refused = new AtomicLong();
    private volatile Bell bell = () -> {};
    private volatile boolean closed;

    Mailbox(int capacity) {
        queue = new MpscArrayQueue<>(capacity * 2);
        clientsMax = capacity;
    }

    /// Who is told of mail from now on.
    void wake(Bell with) {
        bell = with;
    }

    void ring() {
        bell.ring();
    }

    /// Rings for somebody who waits for room.
    void insist() {
        bell.insist();
    }

    /// A client's command; refused at once when too many wait.
    void put(Command command) {
        if (!queue.offerIfBelowThreshold(command, clientsMax)) {
            refused.incrementAndGet();
            command.refuse(FULL);
            return;
        }
        delivered();
    }

    /// What one shard, or a state machine hosted beside it, has to say to a shard.
    ///
    /// @return false when it will not be run; [Command#refuse] is then not called
    boolean putInternal(Command command) {
        if (closed || !queue.offer(command)) {
            return false;
        }
        delivered();
        return true;
    }

    /// Runs at most `max` waiting commands.
    ///
    /// @return whether there was one
    boolean drain(Shard shard, int max) {
        int done = 0;
        for (var command = queue.poll(); command != null; command = queue.poll()) {
            command.run(shard);
            if (++done == max) {
                break;
            }
        }
        return done > 0;
    }

    boolean isClosed() {
        return closed;
    }

    boolean isEmpty() {
        return queue.isEmpty();
    }

    int size() {
        return queue.size();
    }

    /// Commands refused for want of room, so far.
    long refused() {
        return refused.get();
    }

    /// The shard has taken its last turn: whatever is in here now or comes later is refused.
    void close() {
        closed = true;
        sweep();
    }

    private void delivered() {
        if (closed) {
            sweep();
        } else {
            bell.ring();
        }
    }

    private synchronized void sweep() {
        for (var command = queue.poll(); command != null; command = queue.poll()) {
            command.refuse(CLOSED);
        }
    }
}
