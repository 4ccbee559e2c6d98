package io.sluice.simulation.queue;

/// A message as its publisher and its consumers know it.
final class ModelMessage {
    final long id;
    final ModelQueue queue;

    /// The publisher was told that it is safe.
    boolean confirmed;

    /// A consumer has said that it is done with it; it may still come again after a crash.
    boolean accepted;

    /// A consumer was told that it is gone for good.
    boolean settledForGood;

    /// It may come later than others, as it was delayed or was out before.
    boolean outOfOrder;

    ModelMessage(long id, ModelQueue queue) {
        this.id = id;
        this.queue = queue;
    }

    @Override
    public String toString() {
        return "message "
                + id
                + " of "
                + queue.name
                + (confirmed ? ", confirmed" : "")
                + (accepted ? ", accepted" : "")
                + (settledForGood ? ", settled" : "");
    }
}
