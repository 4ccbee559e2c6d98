package io.sluice.engine.shard;

import io.sluice.engine.drive.Bell;
import io.sluice.engine.drive.Driver;

/// The door to threads: who lets a shard take its turns. In production a driver per shard, in a simulation the one thread that
/// drives everything.
@FunctionalInterface
public interface ShardThreads {
    /// Drives `shard` from now on until its turns say that it is finished.
    ///
    /// @return rung on any thread whenever there is something new for the shard to do
    Bell drive(Shard shard);

    /// A thread of its own for every shard, parked while there is nothing to do or hosts do it.
    static ShardThreads platform() {
        return shard -> Driver.start(shard.toString(), shard);
    }
}
