package io.sluice.conformance.demo;

import java.time.Duration;
import java.util.List;

/// What happens when.
///
/// @param quietPerMinute payments on a quiet day; the sale has a hundred times as many
/// @param sale from when to when
/// @param acts what goes wrong, in the order of their times
/// @param end from when on there are no new payments
record Plan(int quietPerMinute, Span sale, List<Act> acts, Duration end) {
    static final int SPIKE = 100;

    Plan {
        acts = List.copyOf(acts);
    }

    record Span(Duration from, Duration to) {
        boolean holds(Duration at) {
            return at.compareTo(from) >= 0 && at.compareTo(to) < 0;
        }
    }

    /// @param what is said while it happens
    record Act(Duration at, What what) {}

    enum What {
        GATEWAY_SLOW("the gateway answers slowly"),
        GATEWAY_DOWN("the gateway is down"),
        GATEWAY_WELL("the gateway is back"),
        WORKER_KILLED("a worker is killed with -9"),
        BROKER_KILLED("the broker is killed with -9, and started again");

        private final String text;

        What(String text) {
            this.text = text;
        }

        String text() {
            return text;
        }
    }

    /// Two minutes and a half, for people.
    static Plan full() {
        return scaled(1);
    }

    /// The same story in a third of the time.
    static Plan brief() {
        return scaled(3);
    }

    private static Plan scaled(long faster) {
        return new Plan(
                100,
                new Span(at(12, faster), at(72, faster)),
                List.of(
                        new Act(at(24, faster), What.GATEWAY_SLOW),
                        new Act(at(36, faster), What.GATEWAY_DOWN),
                        new Act(at(48, faster), What.WORKER_KILLED),
                        new Act(at(66, faster), What.GATEWAY_WELL),
                        new Act(at(84, faster), What.BROKER_KILLED)),
                at(96, faster));
    }

    private static Duration at(long seconds, long faster) {
        return Duration.ofMillis(seconds * 1_000 / faster);
    }

    /// Payments a second at that time.
    double rate(Duration at) {
        double perSecond = quietPerMinute / 60.0;
        return sale.holds(at) ? SPIKE * perSecond : perSecond;
    }
}
