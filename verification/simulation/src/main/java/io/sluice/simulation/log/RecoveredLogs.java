package io.sluice.simulation.log;

import io.sluice.simulation.InvariantBroken;
import java.io.IOException;

/// Holds a store that has just started against what its former lives promised: which logs there are, where each starts and ends, and every
/// byte between. What is there then is where the model goes on from.
final class RecoveredLogs {
    private final RunningStore store;
    private final ModelLogs logs;
    private final StoredBytes bytes;

    RecoveredLogs(RunningStore store, ModelLogs logs, StoredBytes bytes) {
        this.store = store;
        this.logs = logs;
        this.bytes = bytes;
    }

    void check() throws IOException {
        checkNames();
        for (var model : logs.all()) {
            if (model.promised() == 0 && logs.wasDeletedOnce(model.name)) {
                // Neither the deletion of its former life nor its birth was acknowledged: either
                // may be there.
                store.delete(model.name);
                logs.deleted(model);
            } else {
                check(model);
            }
        }
    }

    private void checkNames() throws IOException {
        for (var name : store.names()) {
            if (logs.has(name)) {
                continue;
            }
            if (!logs.wasDeletedOnce(name)) {
                throw new InvariantBroken("NothingIsInvented", "log " + name + " was never opened");
            }
            // Its deletion was not durable yet: asked for again.
            store.delete(name);
        }
    }

    private void check(ModelLog model) throws IOException {
        var handle = store.open(model.name);
        if (handle.next() != handle.end()) {
            throw new InvariantBroken(
                    "RebuildIsDurable",
                    model.name + " ends at " + handle.end() + " but goes on at " + handle.next());
        }
        model.rebooted(handle.start(), handle.end());
        bytes.check(model, handle, handle.start(), Integer.MAX_VALUE);
    }
}
