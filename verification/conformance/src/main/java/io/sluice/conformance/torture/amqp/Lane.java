package io.sluice.conformance.torture.amqp;

import io.sluice.conformance.torture.Invariant;
import io.sluice.conformance.torture.Lives;
import io.sluice.conformance.torture.Violation;
import io.sluice.conformance.torture.amqp.Stay.Arrival;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;

/// The copies that one publisher has published for one queue, numbered from 0 in the order of publishing.
///
/// A publisher's thread, its connection's thread and those of all receivers meet here.
final class Lane {
    private final String name;
    private final Lives lives;
    private final boolean deadLettersAreSafe;
    private final List<Copy> copies = new ArrayList<>();
    private final BitSet arrived = new BitSet();
    private int confirmed;
    private int doubled;
    private int afterTheirAcknowledgement;

    /// @param deadLettersAreSafe whether a copy that was rejected has to be seen in the dead-letter queue, too
    Lane(String name, Lives lives, boolean deadLettersAreSafe) {
        this.name = name;
        this.lives = lives;
        this.deadLettersAreSafe = deadLettersAreSafe;
    }

    /// What there is to know about a copy.
    private static final class Copy {
        private final Letter letter;
        private final Stay inQueue = new Stay();
        private final Stay dead = new Stay();
        private boolean confirmed;
        private boolean processed;

        Copy(Letter letter) {
            this.letter = letter;
        }

        Stay stay(Place place) {
            return place.isForDeadLetters() ? dead : inQueue;
        }
    }

    /// The number of the next copy, which is `letter`.
    synchronized int send(Letter letter) {
        copies.add(new Copy(letter));
        return copies.size() - 1;
    }

    synchronized void confirm(int number) {
        copies.get(number).confirmed = true;
        confirmed++;
    }

    /// `by` has been given copy `number` out of `place`, in the broker's life `life`.
    ///
    /// @throws Violation if that cannot be after what has happened so far
    synchronized Arrival arrives(
            int number, Letter received, Place place, Object by, int life, boolean redelivered) {
        if (number >= copies.size()) {
            throw new Violation(
                    Invariant.NOTHING_IS_INVENTED, where(number, place) + " was never published");
        }
        var copy = copies.get(number);
        if (!copy.letter.equals(received)) {
            throw new Violation(
                    Invariant.MESSAGES_ARE_WHAT_WAS_SENT,
                    where(number, place) + " was " + copy.letter + ", is " + received);
        }
        if (!place.isForDeadLetters() && deadLettersAreSafe && copy.dead.hasArrived()) {
            throw new Violation(
                    Invariant.A_DEAD_LETTER_LEAVES_ITS_QUEUE,
                    where(number, place) + " has been a dead letter before");
        }
        if (place.isForDeadLetters() && !copy.inQueue.hasArrived()) {
            throw new Violation(
                    Invariant.NOTHING_IS_INVENTED, where(number, place) + " was never rejected");
        }
        if (!copy.inQueue.hasArrived()) {
            if (arrived.get(received.message())) {
                doubled++;
            }
            arrived.set(received.message());
        }
        var arrival =
                copy.stay(place).arrives(by, life, lives, redelivered, () -> where(number, place));
        if (arrival == Arrival.AFTER_ITS_ACKNOWLEDGEMENT) {
            afterTheirAcknowledgement++;
        }
        return arrival;
    }

    synchronized void release(int number, Place place, int life) {
        copies.get(number).stay(place).released(life);
    }

    synchronized void settle(int number, Place place, int life) {
        var copy = copies.get(number);
        copy.stay(place).settled(life);
        copy.processed |=
                place.isForDeadLetters() || !copy.letter.isDoomed() || !deadLettersAreSafe;
    }

    synchronized int published() {
        return copies.size();
    }

    synchronized int confirmed() {
        return confirmed;
    }

    /// Copies of messages that had come as another copy before.
    synchronized int doubled() {
        return doubled;
    }

    /// Arrivals of copies that had been acknowledged just before a kill.
    synchronized int afterTheirAcknowledgement() {
        return afterTheirAcknowledgement;
    }

    /// Copies that were confirmed, and which nobody has settled so far.
    synchronized List<String> open() {
        var open = new ArrayList<String>();
        for (var number = 0; number < copies.size(); number++) {
            var copy = copies.get(number);
            if (copy.confirmed && !copy.processed) {
                open.add(number + " of " + name + " (" + copy.letter + ")");
            }
        }
        return open;
    }

    @Override
    public String toString() {
        return name;
    }

    private String where(int number, Place place) {
        return "copy " + number + " of " + name + " in " + place.queue();
    }
}
