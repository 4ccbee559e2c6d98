package io.sluice.engine.log.embedded;

import java.util.List;

/// What the journal's writer is asked for besides chunks. Done when durable, told by [#done] on the writer's thread.
sealed interface Control {
    StoredLog log();

    /// Called once it is durable.
    void done();

    /// The log goes.
    record Delete(StoredLog log, Runnable whenDone) implements Control {
        @Override
        public void done() {
            whenDone.run();
        }
    }

    /// All before `before` is given up, and files of it are to be deleted.
    record Trim(StoredLog log, long before, Runnable whenDone) implements Control {
        @Override
        public void done() {
            whenDone.run();
        }
    }

    /// These runs, too small to settle, go from an old journal file into the present one.
    record Carry(StoredLog log, List<Run> runs, int bytes, Runnable whenDone) implements Control {
        public Carry {
            runs = List.copyOf(runs);
        }

        @Override
        public void done() {
            whenDone.run();
        }
    }
}
