package io.sluice.engine.queue;

/// Who holds leases. Owned by its queue.
public class Holder {
    /// Whose leases survive a restart: nobody is there any more, only a deadline.
    public static final long NOBODY = 0;

    private final long owner;
    private final String name;
    private int held;

    public Holder(long owner) {
        this(owner, "");
    }

    /// @param name for people to read; empty: not known
    public Holder(long owner, String name) {
        this.owner = owner;
        this.name = name;
    }

    public final String name() {
        return name;
    }

    public final long owner() {
        return owner;
    }

    /// Leases held now.
    public final int held() {
        return held;
    }

    final void took() {
        held++;
    }

    final void gave() {
        held--;
        assert held >= 0 : "a lease is given back once";
    }
}
