package io.sluice.engine.shard;

import io.sluice.broker.BrokerError;

/// Something a shard is asked to do, in its mailbox until its turn comes. Either method is called, once.
interface Command {
    /// Does it, on the shard's thread.
    void run(Shard shard);

    /// It will not be done: the mailbox is full or the shard has ended. On whatever thread found that out.
    void refuse(BrokerError error);
}
