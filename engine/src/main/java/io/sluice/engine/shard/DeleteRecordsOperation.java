package io.sluice.engine.shard;

import io.sluice.broker.BrokerError;
import io.sluice.broker.PartitionId;
import io.sluice.broker.Reply;
import io.sluice.engine.partition.Deletion;

/// Moves a partition's start. Told when the fact is durable.
record DeleteRecordsOperation(PartitionId partition, long before, Reply<Long> reply)
        implements Command {
    @Override
    public void run(Shard shard) {
        var hosted = shard.partition(partition);
        if (hosted == null) {
            refuse(shard.missing(partition));
            return;
        }
        switch (hosted.partition().deleteRecords(before)) {
            case Deletion.Unchanged(long start) -> reply.done(start);
            case Deletion.Refused(BrokerError error) -> refuse(error);
            case Deletion.Moved(var fact) ->
                    shard.stateLog()
                            .append(
                                    hosted,
                                    fact,
                                    refused -> {
                                        if (refused == null) {
                                            reply.done(hosted.partition().startOffset());
                                        } else {
                                            refuse(refused);
                                        }
                                    });
        }
    }

    @Override
    public void refuse(BrokerError error) {
        reply.refused(error);
    }
}
