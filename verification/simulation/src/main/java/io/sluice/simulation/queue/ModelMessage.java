package io.sluice.simulation.queue;

/// A message as its publisher and its consumers know it.
final class ModelMessage {
    final long id;
    final ModelQueue queue;

    /// 0: it has none.
    final int key;

    /// The publisher was told that it is safe.
    boolean confirmed;

    /// How many have said that they are done with it and were not told otherwise; it may still come again after a crash.
    int accepted;

    /// A consumer has rejected it.
    boolean rejected;

    /// A consumer has given it back for later.
    boolean mayWait;

    /// Its publisher does without its being safe: after a crash another may stand in its place.
    boolean lax;

    /// A consumer was told that it is gone for good.
    boolean settledForGood;

    /// It may come later than others, as it was delayed or was out before.
    boolean outOfOrder;

    ModelMessage(long id, ModelQueue queue, int key) {
        this.id = id;
        this.queue = queue;
        this.key = key;
    }

    boolean mayBeGone() {
        return accepted > 0 || rejected;
    }

    boolean isSettledForGood() {
        return settledForGood;
    }

    @Override
    public String toString() {
        return "message "
                + id
                + " of "
                + queue.name
                + (key == 0 ? "" : ", key " + key)
                + (confirmed ? ", confirmed" : "")
                + (accepted > 0 ? ", accepted" : "")
                + (rejected ? ", rejected" : "")
                + (settledForGood ? ", settled" : "");
    }
}
