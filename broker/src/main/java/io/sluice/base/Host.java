package io.sluice.base;

import org.jspecify.annotations.Nullable;

/// A thread that does one short thing after the other and takes on short work of others in between. Where cores are few or asleep, waking a second thread takes longer than such
/// work does.
public interface Host {
    /// Runs `work` on this thread, soon, behind what it is doing. Any thread.
    ///
    /// @return false when this thread has ended, or is about to: `work` will not be run
    boolean afterwards(Runnable work);

    /// The host that the caller runs on; null when it is none.
    static @Nullable Host current() {
        return Thread.currentThread() instanceof Host host ? host : null;
    }
}
