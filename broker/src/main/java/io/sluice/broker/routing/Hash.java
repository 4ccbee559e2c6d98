package io.sluice.broker.routing;

/// A hash that is the same in every process and version: where messages go depends on it.
final class Hash {
    private Hash() {}

    /// FNV-1a over the characters, mixed.
    static long of(String text) {
        long hash = 0xCBF29CE484222325L;
        for (int i = 0; i < text.length(); i++) {
            hash = (hash ^ text.charAt(i)) * 0x100000001B3L;
        }
        return mixed(hash);
    }

    /// Every bit of the result depends on every bit of `bits` (the finish of SplitMix64).
    static long mixed(long bits) {
        long mixed = (bits ^ (bits >>> 30)) * 0xBF58476D1CE4E5B9L;
        mixed = (mixed ^ (mixed >>> 27)) * 0x94D049BB133111EBL;
        return mixed ^ (mixed >>> 31);
    }
}
