package io.sluice.engine.log.embedded;

import java.io.IOException;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Whether the store has failed for good. After a failed force nobody knows what is on the disk: the store takes nothing more, tries
/// nothing again, and says so once. Thread-safe.
final class Failure {
    private static final Logger log = LoggerFactory.getLogger(Failure.class);

    private final Consumer<Throwable> told;
    private volatile @Nullable IOException cause;

    Failure(Consumer<Throwable> told) {
        this.told = told;
    }

    @Nullable IOException cause() {
        return cause;
    }

    void failed(Throwable e) {
        synchronized (this) {
            if (cause != null) {
                return;
            }
            cause = new IOException("the log store has failed and takes no more appends: " + e, e);
        }
        log.error("the log store has failed: nothing more is taken until a restart", e);
        told.accept(e);
    }
}
