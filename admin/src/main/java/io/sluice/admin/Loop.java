package io.sluice.admin;

/// The thread that owns everything here.
public interface Loop {
    /// Runs `task` on the loop, after what was given to it before. May be called on any thread.
    void execute(Runnable task);

    /// Runs `task` on the loop in a while.
    void after(long millis, Runnable task);
}
