package io.sluice.engine.queue;

/// What a queue notes of a message that is out of the ordinary, in one number: how often it came back (24 bits), and its priority (8 bits).
public final class Note {
    private static final int RETURNED_MAX = (1 << 23) - 1;

    private Note() {}

    static int of(int returned, int priority) {
        return (Math.min(RETURNED_MAX, returned) << 8) | priority;
    }

    /// How often the message was handed out and came back.
    public static int returned(int note) {
        return note >>> 8;
    }

    static int priority(int note) {
        return note & 0xFF;
    }

    static int returnedOnceMore(int note) {
        return of(returned(note) + 1, priority(note));
    }
}
