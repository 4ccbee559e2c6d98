package io.sluice.engine.log.embedded;

/// What can be tuned about the embedded store. All sizes are in bytes.
///
/// @param journalBytesFirst size of the first journal file; later ones double up to `journalBytesMax`, so that a new store starts
///     fast and an idle one stays small
/// @param journalBytesMax size of a journal file once the store has grown up
/// @param unsettledBytesMax appends wait while sealed journal files hold more than this
/// @param batchBytesMax at most this much in one commit batch
/// @param largeChunkBytes a chunk of this size or more is written straight into its log's segment
/// @param segmentBytesMax a log's segment is closed before it grows beyond this
/// @param cacheBytes memory that keeps what was appended last for readers at the tail
/// @param openFilesMax segment files that are kept open
/// @param reserveBytes appends are refused while the file system has less than this left
public record StoreSettings(
        int journalBytesFirst,
        int journalBytesMax,
        long unsettledBytesMax,
        int batchBytesMax,
        int largeChunkBytes,
        int segmentBytesMax,
        long cacheBytes,
        int openFilesMax,
        long reserveBytes) {
    private static final int MIB = 1 << 20;

    public StoreSettings {
        require(journalBytesFirst >= MIB / 16, "journalBytesFirst is at least 64 KiB");
        require(
                journalBytesMax >= journalBytesFirst,
                "journalBytesMax is at least journalBytesFirst");
        require(
                unsettledBytesMax >= journalBytesMax,
                "unsettledBytesMax is at least journalBytesMax");
        require(batchBytesMax >= MIB / 16, "batchBytesMax is at least 64 KiB");
        require(journalBytesFirst >= batchBytesMax, "a batch fits into a journal file");
        require(largeChunkBytes >= 1, "largeChunkBytes is positive");
        require(
                largeChunkBytes <= batchBytesMax / 2,
                "largeChunkBytes is at most half of batchBytesMax");
        require(segmentBytesMax >= 4096, "segmentBytesMax is at least 4 KiB");
        require(cacheBytes >= 0, "cacheBytes is not negative");
        require(openFilesMax >= 8, "openFilesMax is at least 8");
        require(reserveBytes >= 0, "reserveBytes is not negative");
    }

    /// What a broker uses unless told otherwise.
    public static StoreSettings defaults() {
        return new StoreSettings(
                8 * MIB,
                64 * MIB,
                256L * MIB,
                2 * MIB,
                32 << 10,
                128 * MIB,
                64L * MIB,
                512,
                64L * MIB);
    }

    /// Small files everywhere, so that a test sees every boundary soon.
    public static StoreSettings small() {
        return new StoreSettings(
                256 << 10, 512 << 10, 2L * MIB, 64 << 10, 8 << 10, 256 << 10, 256 << 10, 8, 0);
    }

    private static void require(boolean holds, String message) {
        if (!holds) {
            throw new IllegalArgumentException(message);
        }
    }
}
