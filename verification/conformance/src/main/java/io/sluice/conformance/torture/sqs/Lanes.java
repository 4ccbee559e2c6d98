package io.sluice.conformance.torture.sqs;

import io.sluice.conformance.torture.Invariant;
import io.sluice.conformance.torture.Violation;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import software.amazon.awssdk.services.sqs.model.Message;

/// All lanes by name; what is allowed is counted.
final class Lanes {
    private final Map<String, Ledger> byName = new ConcurrentHashMap<>();
    final LongAdder deletions = new LongAdder();
    final LongAdder expired = new LongAdder();
    final LongAdder givenBack = new LongAdder();
    final LongAdder triedAgain = new LongAdder();

    /// A message's lane and its number there.
    record Place(Ledger ledger, int number) {}

    void add(Ledger ledger) {
        byName.put(ledger.lane(), ledger);
    }

    /// Where a message belongs.
    ///
    /// @throws Violation if nobody has sent such a one
    Place of(Message message) {
        var parts = message.body().split(":", 3);
        var ledger = byName.get(parts[0]);
        if (ledger == null || parts.length < 3) {
            throw new Violation(Invariant.NOTHING_IS_INVENTED, message.body());
        }
        return new Place(ledger, Integer.parseInt(parts[1]));
    }

    long acknowledged() {
        return byName.values().stream().mapToLong(Ledger::acknowledged).sum();
    }

    List<String> open() {
        var open = new ArrayList<String>();
        byName.values().forEach(ledger -> open.addAll(ledger.open()));
        return open;
    }

    void drained() {
        byName.values().forEach(Ledger::drained);
    }

    String summary() {
        return acknowledged()
                + " messages, "
                + deletions.sum()
                + " deleted, "
                + givenBack.sum()
                + " given back, "
                + expired.sum()
                + " expired, "
                + triedAgain.sum()
                + " sends tried again";
    }
}
