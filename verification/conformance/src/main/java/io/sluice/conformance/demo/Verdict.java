package io.sluice.conformance.demo;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/// What is claimed of the story, checked.
///
/// @param what the claim
/// @param detail the figures that show it
record Verdict(String what, boolean holds, String detail) {
    private static final int SHOWN = 5;

    static List<Verdict> of(Story.Ending ending) {
        var gateway = ending.gateway();
        var lost = ending.payments().stream().filter(it -> !gateway.hasCharged(it.id())).toList();
        var unaudited =
                ending.payments().stream()
                        .filter(it -> !ending.audited().contains(it.id()))
                        .toList();
        long poison = ending.payments().stream().filter(Payment::poison).count();
        long dead = ending.deadByReason().values().stream().mapToLong(Long::longValue).sum();
        boolean opened = ending.samples().stream().anyMatch(Sample::isBreakerOpen);
        var verdicts = new ArrayList<Verdict>();
        verdicts.add(
                new Verdict(
                        "nothing is lost: every confirmed payment is charged, once",
                        lost.isEmpty() && gateway.charged() >= ending.payments().size(),
                        ending.payments().size()
                                + " confirmed ("
                                + ending.shares()
                                + "), "
                                + gateway.charged()
                                + " charged, asked again for "
                                + gateway.again()
                                + some(lost)));
        verdicts.add(
                new Verdict(
                        "the order of each account is kept",
                        gateway.outOfOrder().isEmpty(),
                        gateway.outOfOrder().size() + " out of order"));
        verdicts.add(
                new Verdict(
                        "poison, and nothing else, is in the dead letters, with its reason",
                        dead == poison
                                && ending.deadByReason().keySet().stream()
                                        .allMatch(
                                                reason ->
                                                        Stream.of("rejected", "delivery_limit")
                                                                .anyMatch(reason::equals)),
                        poison + " poison, dead letters " + ending.deadByReason()));
        verdicts.add(
                new Verdict(
                        "dead letters went back after the fix",
                        ending.redriven() && ending.samples().getLast().deadLetters() == 0,
                        ending.samples().getLast().deadLetters() + " left"));
        verdicts.add(
                new Verdict(
                        "the breaker opened, and closed again",
                        opened && ending.samples().getLast().breaker().equals("closed"),
                        "now " + ending.samples().getLast().breaker()));
        verdicts.add(
                new Verdict(
                        "the audit, a Kafka share group of its own, has seen every payment",
                        unaudited.isEmpty(),
                        ending.audited().size()
                                + " seen, again "
                                + ending.auditedAgain()
                                + some(unaudited)));
        return verdicts;
    }

    private static String some(List<Payment> missing) {
        return missing.isEmpty()
                ? ""
                : "; missing "
                        + missing.stream().limit(SHOWN).map(Payment::id).toList()
                        + (missing.size() > SHOWN ? " ..." : "");
    }
}
