package io.sluice.broker.queue;

/// What becomes of leased messages.
///
/// @param owner who holds them: what somebody else holds is left alone
/// @param offsets ranges `first, last, first, last, ...`, both included; offsets in them that `owner` does not hold are passed over
@SuppressWarnings("ArrayRecordComponent") // a command that is handed over, never compared
public record Settlement(long owner, long[] offsets, Outcome outcome) {
    public sealed interface Outcome permits Accepted, Rejected, Released, Extended {}

    /// Done with: gone for good.
    public record Accepted() implements Outcome {}

    /// Not wanted: dead-lettered where the queue has a place for that, else gone.
    public record Rejected(Failure why) implements Outcome {}

    /// Back to where it was in the queue.
    ///
    /// @param counted whether this was a try at it that failed; false when nobody looked at it
    /// @param delayMillis not to be handed out before so long; 0: at once; [#AS_POLICY]: as the queue's retry policy says
    public record Released(boolean counted, long delayMillis, Failure why) implements Outcome {}

    /// Still at it: the lease ends so long from now.
    public record Extended(long leaseMillis) implements Outcome {}

    public static final long AS_POLICY = -1;
    public static final Outcome ACCEPTED = new Accepted();
    public static final Outcome REJECTED = new Rejected(Failure.UNSAID);
    public static final Outcome RETURNED = new Released(true, AS_POLICY, Failure.UNSAID);
    public static final Outcome UNTOUCHED = new Released(false, 0, Failure.UNSAID);
}
