package io.sluice.engine.shard;

/// The door to threads: who lets a shard take its turns. In production a thread per shard, in a simulation the one thread that
/// drives everything.
public interface ShardThreads {
    /// Drives `shard` from now on until its turns say that it is finished.
    ///
    /// @return called on any thread whenever there is something new for the shard to do
    Bell drive(Shard shard);

    /// Tells a shard's driver that there is work.
    interface Bell {
        void ring();
    }

    /// A thread of its own for every shard, parked while there is nothing to do.
    static ShardThreads platform() {
        return ShardThread::start;
    }
}
