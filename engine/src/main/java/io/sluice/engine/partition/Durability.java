package io.sluice.engine.partition;

/// When an append counts as done.
public enum Durability {
    /// Forced to the disk.
    SYNC,
    /// Handed to the operating system: survives the process, not the machine.
    OS
}
