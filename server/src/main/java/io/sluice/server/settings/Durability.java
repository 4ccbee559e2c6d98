package io.sluice.server.settings;

/// When an append is acknowledged, unless its topic says otherwise.
public enum Durability {
    /// Forced to the disk before the acknowledgement: survives the loss of power.
    SYNC,
    /// Handed to the operating system before the acknowledgement: survives the end of the process.
    OS
}
