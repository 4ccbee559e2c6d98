package io.sluice.engine.log.embedded;

/// One line of a commit batch's table: what happened to which log.
sealed interface Entry {
    /// The log's number.
    long log();

    /// Chunks of one log, one behind the other, that lie in the batch itself.
    ///
    /// @param position of the first byte in the log
    /// @param crc CRC32C of the bytes
    /// @param offset of the first byte in the batch
    record Bytes(long log, long position, int length, int crc, int offset) implements Entry {}

    /// Bytes that lie in the log's own segment already.
    ///
    /// @param segment base position of that segment
    record Reference(long log, long position, int length, int crc, long segment) implements Entry {}

    /// From here on the number stands for this name.
    record Created(long log, String name) implements Entry {}

    /// The log and all it held are gone.
    record Deleted(long log) implements Entry {}

    /// All before `position` is given up.
    record Trimmed(long log, long position) implements Entry {}
}
