package io.sluice.broker.queue;

/// What becomes of messages that were handed out to whoever shows a receipt for them, not to a connection that lives as long as its leases: a
/// receipt is the message's offset and which handing out it was. So it is good for as long as the message is, over restarts too.
///
/// On a queue that is ordered by key ([Order#KEY]) only the receipt of a lease that has not ended counts; elsewhere any receipt of the message
/// does, also when its lease has ended and others hold it by now.
///
/// @param offsets of the messages
/// @param returned of each: how often it had come back when this receipt was given ([Delivery#returned])
@SuppressWarnings("ArrayRecordComponent") // a command that is handed over, never compared
public record Receipts(long[] offsets, int[] returned, Wish wish) {
    /// What is to become of them.
    public sealed interface Wish permits Delete, Hide {}

    /// Done with: gone for good.
    public record Delete() implements Wish {}

    /// Not to be handed out to others before so long; 0: at once, which counts as a try.
    public record Hide(long millis) implements Wish {}

    /// How it went for one receipt.
    public enum Outcome {
        DONE,
        /// The lease of that receipt has ended. Only on queues that are ordered by key.
        EXPIRED,
        /// There is no such message any more. Deleting it once more is [#DONE].
        GONE
    }
}
