package io.sluice.broker.queue;

import io.sluice.broker.Reply;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/// What can be asked of queues. Like the rest of the port: any thread, returns at once, replies come on the owning shard's thread. Commands
/// to one part are done in the order of the calls.
///
/// Declaring queues is [io.sluice.broker.CatalogChange.DeclareQueue]; publishing is
/// [io.sluice.broker.Broker#append] to the queue's topic.
public interface Queues {
    /// A number that this process never gave before: for consumers and owners.
    long nextConsumerId();

    /// Adds a consumer; deliveries may come before the reply. A queue of several parts is subscribed part by part, part 0 first.
    void subscribe(QueuePart part, Consumer consumer, Reply<QueueStatus> reply);

    /// The consumer has room for `bytes` more.
    void credit(QueuePart part, long consumer, long bytes);

    /// No more deliveries to this consumer after the reply. What its owner holds stays leased.
    void cancel(QueuePart part, long consumer, Reply<Boolean> reply);

    /// Leases the first ready message, if there is one.
    ///
    /// @param settled it counts as settled at once
    void get(QueuePart part, long owner, boolean settled, Reply<Optional<Got>> reply);

    /// Leases the first ready messages; waits for one if there is none. The reply is empty when none came in time.
    ///
    /// @return ends the wait: it is replied to at once, with nothing
    Runnable receive(QueuePart part, Receive receive, Reply<List<Delivery>> reply);

    /// Does what is wished for each receipt, and says how it went, in their order, when that is durable.
    void settle(QueuePart part, Receipts receipts, Reply<List<Receipts.Outcome>> reply);

    /// Settles leases. Not replied to: for protocols without an answer to it.
    void settle(QueuePart part, Settlement settlement);

    /// Settles leases and says how many the owner held, when that is durable.
    void settle(QueuePart part, Settlement settlement, Reply<Integer> reply);

    /// Everything that `owner` holds in this part goes back to its place, counted as a try.
    void release(QueuePart part, long owner);

    /// All that is ready is gone. The reply is how many that were.
    void purge(QueuePart part, Reply<Long> reply);

    void status(QueuePart part, Reply<QueueStatus> reply);

    /// Shows messages and changes nothing.
    void peek(QueuePart part, Peek peek, Reply<Peeked> reply);

    /// One message is gone, whoever holds it and whatever it waits for. The reply, when that is durable, is whether it was there.
    void remove(QueuePart part, long offset, Reply<Boolean> reply);

    /// How far the part has come with its redrive. What is told is durable.
    void redriving(QueuePart part, Reply<RedriveProgress> reply);

    /// What the part has been through.
    void report(QueuePart part, Reply<QueueReport> reply);

    /// Looks at the part's breaker, after it has done what is wished; a change is replied to when it is durable.
    void breaker(QueuePart part, BreakerView.Wish wish, Reply<BreakerView> reply);

    /// Somebody declared the queue once more: what counts down to its `x-expires` begins anew.
    void used(QueuePart part);

    /// Deletes a queue, and its topic if that is its own. The reply is how many messages were ready.
    ///
    /// @param ifUnused refused with [io.sluice.broker.BrokerError.InUse] when it has consumers
    /// @param ifEmpty refused with [io.sluice.broker.BrokerError.NotEmpty] when it holds messages
    void delete(UUID queue, boolean ifUnused, boolean ifEmpty, Reply<Long> reply);

    /// @param readyLeft messages still ready behind it
    record Got(Delivery delivery, long readyLeft) {}
}
