package io.sluice.engine.queue;

import io.sluice.base.Rng;
import io.sluice.broker.queue.Order;
import java.util.ArrayList;
import java.util.List;

/// A queue and its model.
final class ModelRun {
    final Rng rng;
    final int priorityMax;
    final Order order;
    final LiveQueue live;
    final List<Holder> holders = new ArrayList<>();
    final int keys;
    NaiveQueue model;

    /// The model as it was when the journal was written last, and where the log ended then.
    NaiveQueue written;

    long writtenEnd;
    long now = 1_000;
    final List<LiveQueue.Stored> log = new ArrayList<>();

    ModelRun(Rng rng, int priorityMax, Order order) {
        this.rng = rng;
        this.priorityMax = priorityMax;
        this.order = order;
        this.live = new LiveQueue(priorityMax, order);
        this.model = new NaiveQueue(priorityMax, order);
        this.written = model.copy();
        this.keys = 1 + rng.below(6);
        newHolders();
    }

    void newHolders() {
        holders.clear();
        for (int owner = 1; owner <= 3; owner++) {
            holders.add(new Holder(owner));
        }
    }
}
