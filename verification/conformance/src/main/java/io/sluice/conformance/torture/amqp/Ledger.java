package io.sluice.conformance.torture.amqp;

import io.sluice.conformance.torture.Invariant;
import io.sluice.conformance.torture.Lives;
import io.sluice.conformance.torture.Violation;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.ToIntFunction;

/// All lanes, by number; what is allowed is counted.
final class Ledger {
    private final Lives lives;
    private final boolean deadLettersAreSafe;
    private final List<Lane> lanes = new CopyOnWriteArrayList<>();

    /// @param deadLettersAreSafe whether the broker promises that no dead letter is lost or doubled
    Ledger(Lives lives, boolean deadLettersAreSafe) {
        this.lives = lives;
        this.deadLettersAreSafe = deadLettersAreSafe;
    }

    Lives lives() {
        return lives;
    }

    /// The number of a new lane.
    synchronized int open(String name) {
        lanes.add(new Lane(name, lives, deadLettersAreSafe));
        return lanes.size() - 1;
    }

    Lane lane(int number) {
        if (number < 0 || number >= lanes.size()) {
            throw new Violation(Invariant.NOTHING_IS_INVENTED, "there is no lane " + number);
        }
        return lanes.get(number);
    }

    long confirmed() {
        return sum(Lane::confirmed);
    }

    /// Copies that were confirmed, and which nobody has settled so far.
    List<String> open() {
        return lanes.stream().flatMap(lane -> lane.open().stream()).toList();
    }

    String summary() {
        return "%d messages published, %d confirmed; came twice: %d for lack of a confirm, %d for lack of an acknowledgement"
                .formatted(
                        sum(Lane::published),
                        confirmed(),
                        sum(Lane::doubled),
                        sum(Lane::afterTheirAcknowledgement));
    }

    private long sum(ToIntFunction<Lane> part) {
        return lanes.stream().mapToInt(part).sum();
    }
}
