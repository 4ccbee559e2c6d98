package io.sluice.conformance.torture.policies;

import io.sluice.conformance.torture.Invariant;
import io.sluice.conformance.torture.Lives;
import io.sluice.conformance.torture.Violation;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;

/// All jobs by number, and what the broker may and must do with them.
final class Ledger {
    private final Lives lives;
    private final List<Job> jobs = new ArrayList<>();
    private long confirmed;
    private long failures;
    private long dead;
    private long afterTheirAcknowledgement;

    Ledger(Lives lives) {
        this.lives = lives;
    }

    /// What a worker is to do with a job that has arrived.
    enum Verdict {
        SETTLE,
        FAIL,
        REJECT,
        /// The broker has been killed since: it tells nothing any more.
        TOO_LATE
    }

    Lives lives() {
        return lives;
    }

    /// The number of a new job.
    synchronized int open(Random random) {
        jobs.add(Job.draw(random));
        return jobs.size() - 1;
    }

    synchronized void confirm(int number) {
        jobs.get(number).confirmed = true;
        confirmed++;
    }

    /// @param by who holds it from now on; an empty text: somebody whose hold ends by itself
    synchronized Verdict arrives(int number, String by, int life) {
        if (lives.now() != life) {
            return Verdict.TOO_LATE;
        }
        var job = job(number);
        job.arrivals++;
        if (job.settledIn == life) {
            throw broken(
                    Invariant.AN_ACKNOWLEDGEMENT_IS_FINAL,
                    number,
                    "comes in the life in which it was settled");
        }
        comesAgain(number, "comes after the queues were empty");
        var holder = job.holder;
        if (holder != null && job.heldIn == life) {
            throw broken(
                    Invariant.ONE_HOLDER_AT_A_TIME,
                    number,
                    "comes to " + by + " while " + holder + " has it");
        }
        if (job.failedIn == life && System.nanoTime() < job.notBeforeNanos) {
            throw broken(
                    Invariant.A_RETRY_WAITS,
                    number,
                    "comes to "
                            + by
                            + " "
                            + (job.notBeforeNanos - System.nanoTime()) / 1_000
                            + " us too early");
        }
        job.failedIn = Lives.NONE;
        job.holder = by.isEmpty() ? null : by;
        job.heldIn = life;
        return verdict(job);
    }

    /// That it was settled in an earlier life did not reach the broker, unless the queues have been empty since.
    private void comesAgain(int number, String otherwise) {
        var job = jobs.get(number);
        if (job.settledIn == Lives.NONE) {
            return;
        }
        if (lives.haveDrainedSince(job.settledIn)) {
            throw broken(Invariant.AN_ACKNOWLEDGEMENT_IS_FINAL, number, otherwise);
        }
        job.settledIn = Lives.NONE;
        afterTheirAcknowledgement++;
    }

    private static Verdict verdict(Job job) {
        if (!job.isToFail()) {
            return Verdict.SETTLE;
        }
        return job.kind == Job.Kind.REFUSED ? Verdict.REJECT : Verdict.FAIL;
    }

    private Job job(int number) {
        if (number < 0 || number >= jobs.size()) {
            throw new Violation(Invariant.NOTHING_IS_INVENTED, "there is no job " + number);
        }
        return jobs.get(number);
    }

    /// The worker is about to settle it.
    synchronized void settles(int number, int life) {
        var job = jobs.get(number);
        job.holder = null;
        job.settledIn = life;
        job.processed = true;
    }

    /// It may have been settled, or not: nothing is demanded of it any more.
    synchronized void mayHaveSettled(int number) {
        jobs.get(number).processed = true;
    }

    /// The worker is about to give it back as failed, or to reject it.
    ///
    /// @param waitNanos before which it must not come again; 0: it may come at once
    synchronized void fails(int number, int life, long waitNanos) {
        var job = jobs.get(number);
        job.holder = null;
        job.failures++;
        failures++;
        if (waitNanos > 0) {
            job.failedIn = life;
            job.notBeforeNanos = System.nanoTime() + waitNanos;
        }
    }

    /// Whoever held it has gone without a word.
    synchronized void drops(int number) {
        jobs.get(number).holder = null;
    }

    /// These lie among the dead letters. Looked at while others work: a job that is moved just then may be missing.
    synchronized void seenDead(List<Integer> numbers) {
        for (int number : numbers) {
            var job = job(number);
            dead += job.repaired ? 0 : 1;
            job.repaired = true;
        }
    }

    /// These lie among the dead letters, and nobody works any more: says which of those that were confirmed are neither done nor there. One that is just
    /// being moved is in neither queue for a moment.
    ///
    /// @throws Violation if one of them lies there twice, or was settled in this life or before the queues were empty
    synchronized List<Integer> missing(List<Integer> numbers) {
        var there = new HashSet<Integer>();
        for (int number : numbers) {
            var job = job(number);
            if (!there.add(number)) {
                throw broken(Invariant.A_DEAD_LETTER_IS_THERE_ONCE, number, "lies there twice");
            }
            if (job.settledIn == lives.now()) {
                throw broken(
                        Invariant.A_DEAD_LETTER_IS_THERE_ONCE,
                        number,
                        "lies there and was settled");
            }
            comesAgain(number, "lies there after the queues were empty");
        }
        seenDead(numbers);
        var missing = open();
        missing.removeAll(there);
        return missing;
    }

    /// One that was confirmed is neither done nor among the dead letters, and does not come.
    synchronized Violation lost(int number) {
        return broken(
                Invariant.NO_CONFIRMED_MESSAGE_IS_LOST, number, "was confirmed and is nowhere");
    }

    synchronized List<Integer> open() {
        var open = new ArrayList<Integer>();
        for (var number = 0; number < jobs.size(); number++) {
            if (jobs.get(number).isOpen()) {
                open.add(number);
            }
        }
        return open;
    }

    synchronized long confirmed() {
        return confirmed;
    }

    synchronized String summary() {
        return "%d jobs, %d confirmed, %d failures, %d seen dead; came twice for lack of an acknowledgement: %d"
                .formatted(jobs.size(), confirmed, failures, dead, afterTheirAcknowledgement);
    }

    private Violation broken(Invariant invariant, int number, String what) {
        var job = jobs.get(number);
        return new Violation(
                invariant,
                "job "
                        + number
                        + " ("
                        + job.kind
                        + ", "
                        + job.arrivals
                        + " arrivals, "
                        + job.failures
                        + " failures) "
                        + what);
    }
}
