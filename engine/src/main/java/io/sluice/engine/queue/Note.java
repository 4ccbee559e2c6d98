package io.sluice.engine.queue;

/// What a queue notes of a message that is out of the ordinary, in one number: how often it came back (22 bits), and its priority (8 bits);
/// and whether it was out once without that being counted (bit 30).
public final class Note {
    private static final int RETURNED_MAX = (1 << 22) - 1;
    private static final int SEEN = 1 << 30;

    private Note() {}

    static int of(int returned, int priority) {
        return (Math.min(RETURNED_MAX, returned) << 8) | priority;
    }

    /// How often the message was handed out and came back.
    public static int returned(int note) {
        return (note >>> 8) & RETURNED_MAX;
    }

    /// Whether somebody may have seen the message before, counted or not.
    public static boolean wasOut(int note) {
        return note >>> 8 != 0;
    }

    /// The same of a message that was out, which does not count.
    static int seen(int note) {
        return note | SEEN;
    }

    static int withPriority(int note, int priority) {
        return (note & ~0xFF) | priority;
    }

    static int priority(int note) {
        return note & 0xFF;
    }

    static int returnedOnceMore(int note) {
        return of(returned(note) + 1, priority(note)) | (note & SEEN);
    }
}
