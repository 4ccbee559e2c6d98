package io.sluice.engine.partition;

import io.sluice.engine.log.CorruptDataException;
import io.sluice.engine.log.Log;
import java.io.IOException;

/// The body logs that a partition's reference batches lead to. Owned by the partition's shard.
public interface Bodies {
    /// No reference is ever met.
    Bodies NONE =
            number -> {
                throw new CorruptDataException("there is no body log " + number);
            };

    Log log(int number) throws IOException;
}
