package io.sluice.conformance.torture.sqs;

import io.sluice.conformance.torture.Invariant;
import io.sluice.conformance.torture.Violation;
import java.util.ArrayList;
import java.util.List;

/// The messages of one lane: what one sender sends to a standard queue, or to one group of a FIFO queue, numbered from 0.
final class Ledger {
    private final String lane;
    private final boolean ordered;
    private final long visibilityNanos;
    private final List<Passage> passages = new ArrayList<>();
    private long acknowledged;
    private long backlog;

    /// All before this one are deleted for certain.
    private int lowest;

    /// @param ordered whether this is a group of a FIFO queue
    Ledger(String lane, boolean ordered, long visibilityNanos) {
        this.lane = lane;
        this.ordered = ordered;
        this.visibilityNanos = visibilityNanos;
    }

    String lane() {
        return lane;
    }

    /// Begins the next message. Its body is `<lane>:<number>:<something that nobody else would write>`.
    synchronized int send() {
        var number = passages.size();
        var start = lane + ":" + number + ":";
        passages.add(
                new Passage(start + Integer.toHexString(start.hashCode()).repeat(number % 40)));
        return number;
    }

    synchronized String body(int number) {
        return passages.get(number).body;
    }

    /// The broker has accepted it.
    ///
    /// @throws Violation if it was accepted before under another id
    synchronized void acknowledge(int number, String messageId) {
        var passage = passages.get(number);
        known(passage, messageId);
        if (!passage.acknowledged) {
            passage.acknowledged = true;
            acknowledged++;
            backlog += passage.deleted ? 0 : 1;
        }
    }

    /// The broker has lent it.
    ///
    /// @return whether that counts: what has waited for so long that it may have been lent to others meanwhile tells nothing
    /// @throws Violation if it must not
    synchronized boolean arrive(int number, String body, String messageId, Hold hold) {
        if (number >= passages.size()) {
            throw new Violation(Invariant.NOTHING_IS_INVENTED, body);
        }
        var passage = passages.get(number);
        if (!passage.body.equals(body)) {
            throw new Violation(
                    Invariant.MESSAGES_ARE_WHAT_WAS_SENT, body + " in place of " + passage.body);
        }
        if (hold.mayBeOver(System.nanoTime(), visibilityNanos)) {
            return false;
        }
        known(passage, messageId);
        if (passage.deleted) {
            throw new Violation(
                    Invariant.AN_ACKNOWLEDGEMENT_IS_FINAL,
                    passage.body + " is lent to " + hold.by() + ", its deletion was acknowledged");
        }
        if (ordered) {
            passages.subList(lowest, passages.size())
                    .forEach(other -> checkHolder(other, passage, hold));
        } else {
            checkHolder(passage, passage, hold);
        }
        passage.hold = hold;
        return true;
    }

    private void checkHolder(Passage other, Passage passage, Hold hold) {
        var holder = other.hold;
        if (holder != null && !holder.equals(hold) && holder.overlaps(hold, visibilityNanos)) {
            throw new Violation(
                    ordered ? Invariant.ONE_HOLDER_PER_GROUP : Invariant.ONE_HOLDER_AT_A_TIME,
                    passage.body + " is lent to " + hold + ", " + holder + " has " + other.body);
        }
    }

    /// What a receive has brought of this group, in its order: it must begin with the first that is left, and leave none out.
    ///
    /// @throws Violation if it does not
    synchronized void checkOrder(List<Integer> numbers) {
        var next = lowest;
        for (var number : numbers) {
            if (number < next) {
                throw outOfOrder(numbers, passages.get(number));
            }
            for (; next < number; next++) {
                if (!passages.get(next).mayBeDeleted()) {
                    throw outOfOrder(numbers, passages.get(next));
                }
            }
            next = number + 1;
        }
    }

    private Violation outOfOrder(List<Integer> numbers, Passage passage) {
        return new Violation(
                Invariant.ORDER_WITHIN_A_GROUP,
                numbers + " of " + lane + " came, but not first " + passage.body);
    }

    /// It is about to be given back.
    synchronized void release(int number) {
        passages.get(number).hold = null;
    }

    /// It is about to be deleted.
    synchronized void deleting(int number) {
        var passage = passages.get(number);
        passage.hold = null;
        passage.deletionsUnknown++;
    }

    /// A deletion was acknowledged.
    synchronized void deleted(int number) {
        markDeleted(passages.get(number));
        while (lowest < passages.size() && passages.get(lowest).deleted) {
            lowest++;
        }
    }

    /// A deletion was refused, as its hold was over.
    synchronized void kept(int number) {
        passages.get(number).deletionsUnknown--;
    }

    /// The queue has been seen empty, and nothing was on its way to it: none of all this can come again.
    synchronized void drained() {
        passages.subList(lowest, passages.size()).forEach(this::markDeleted);
        lowest = passages.size();
    }

    private void markDeleted(Passage passage) {
        if (!passage.deleted) {
            passage.deleted = true;
            backlog -= passage.acknowledged ? 1 : 0;
        }
    }

    /// How many were acknowledged and are not deleted for certain.
    synchronized long backlog() {
        return backlog;
    }

    synchronized long acknowledged() {
        return acknowledged;
    }

    /// What was acknowledged and has not been deleted.
    synchronized List<String> open() {
        return passages.subList(lowest, passages.size()).stream()
                .filter(Passage::isOpen)
                .map(passage -> passage.body)
                .toList();
    }

    private void known(Passage passage, String messageId) {
        if (passage.messageId != null && !passage.messageId.equals(messageId)) {
            throw new Violation(
                    Invariant.DEDUPLICATION_IS_EXACT,
                    passage.body + " is there as " + passage.messageId + " and as " + messageId);
        }
        passage.messageId = messageId;
    }
}
