package io.sluice.conformance.demo;

import com.rabbitmq.client.ConnectionFactory;
import io.sluice.conformance.process.BrokerProcess;
import io.sluice.conformance.process.Until;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/// Runs the plan and notes how things stood. One thread drives it.
final class Story {
    static final String QUEUE = "payments";
    static final String DEAD = "payments-dead";
    private static final Duration TICK = Duration.ofMillis(250);
    private static final Duration PATIENCE = Duration.ofSeconds(90);
    private static final int RATE_SAMPLES = 8;

    private final Plan plan;
    private final BrokerProcess broker;
    private final Screen screen;
    private final AdminApi admin;
    private long startNanos = System.nanoTime();
    private final List<Sample> samples = new ArrayList<>();
    private final List<Told> told = new ArrayList<>();
    private final Map<String, Long> deadByReason = new HashMap<>();
    private @Nullable Thread restart;

    /// Something that happened.
    record Told(long atMillis, String what) {}

    Story(Plan plan, BrokerProcess broker, Screen screen) {
        this.plan = plan;
        this.broker = broker;
        this.screen = screen;
        this.admin = new AdminApi(broker.ports().admin());
    }

    Ending run() throws Exception {
        declare();
        try (var gateway = new Gateway();
                var workers =
                        new Workers(broker.ports(), QUEUE, gateway.address(), broker.directory());
                var audit = new Audit(broker.ports(), QUEUE);
                var shops =
                        new Shops(
                                plan,
                                List.of(
                                        Producers.kafka(broker.ports(), QUEUE),
                                        Producers.amqp(broker.ports(), QUEUE),
                                        Producers.sqs(broker.ports(), QUEUE)))) {
            workers.start("amqp");
            workers.start("sqs");
            workers.start("amqp");
            var scene = new Scene(gateway, workers, shops, audit);
            Until.holds("the audit has begun", () -> admin.look(Audit.queueOf(QUEUE)).isPresent());
            startNanos = System.nanoTime();
            tell("a quiet day: " + plan.quietPerMinute() + " payments a minute");
            shops.open(startNanos);
            play(scene);
            shops.awaitClosing();
            if (restart != null) {
                restart.join();
            }
            tell("the shops have closed, " + shops.confirmed() + " payments were confirmed");
            watchUntil(scene, "the queue is empty", () -> isDrained(scene));
            learnOfTheDead();
            gateway.fix();
            tell("the gateway's fix is deployed, its dead letters go back");
            boolean redriven = admin.redrive(DEAD);
            watchUntil(
                    scene,
                    "every payment is charged",
                    () -> gateway.charged() >= shops.confirmed() && isDrained(scene));
            watchUntil(scene, "the audit is complete", () -> audit.count() >= shops.confirmed());
            return new Ending(
                    samples,
                    told,
                    Map.copyOf(deadByReason),
                    redriven,
                    shops.payments(),
                    shops.shares(),
                    gateway,
                    audit.seen(),
                    audit.again());
        }
    }

    private record Scene(Gateway gateway, Workers workers, Shops shops, Audit audit) {}

    /// What the story ends with.
    record Ending(
            List<Sample> samples,
            List<Told> told,
            Map<String, Long> deadByReason,
            boolean redriven,
            List<Payment> payments,
            String shares,
            Gateway gateway,
            Set<String> audited,
            long auditedAgain) {}

    /// As an application declares its queue: all that follows from it is the broker's affair.
    private void declare() throws Exception {
        var factory = new ConnectionFactory();
        factory.setHost("127.0.0.1");
        factory.setPort(broker.ports().amqp());
        try (var connection = factory.newConnection("demo");
                var channel = connection.createChannel()) {
            channel.queueDeclare(DEAD, true, false, false, Map.of());
            var arguments = new HashMap<String, Object>();
            arguments.put("x-sluice-order", "key");
            arguments.put("x-sluice-retry-initial-ms", 200);
            arguments.put("x-sluice-retry-max-ms", 2_000);
            arguments.put("x-sluice-retry-max-attempts", 6);
            arguments.put("x-sluice-dead-letter-queue", DEAD);
            arguments.put("x-sluice-breaker-failure-percent", 50);
            arguments.put("x-sluice-breaker-window-size", 40);
            arguments.put("x-sluice-breaker-minimum-calls", 20);
            arguments.put("x-sluice-breaker-open-ms", 1_000);
            arguments.put("x-sluice-breaker-open-max-ms", 4_000);
            channel.queueDeclare(QUEUE, true, false, false, arguments);
        }
    }

    private void play(Scene scene) throws InterruptedException {
        Deque<Plan.Act> acts = new ArrayDeque<>(plan.acts());
        boolean sale = false;
        while (at().compareTo(plan.end()) < 0) {
            if (plan.sale().holds(at()) != sale) {
                sale = !sale;
                tell(sale ? "the sale begins: a hundred times as many" : "the sale is over");
            }
            while (!acts.isEmpty() && acts.getFirst().at().compareTo(at()) <= 0) {
                act(acts.removeFirst().what(), scene);
            }
            watch(scene);
        }
    }

    private void act(Plan.What what, Scene scene) {
        tell(what.text());
        switch (what) {
            case GATEWAY_SLOW -> scene.gateway.mood(Gateway.Mood.SLOW);
            case GATEWAY_DOWN -> scene.gateway.mood(Gateway.Mood.DOWN);
            case GATEWAY_WELL -> scene.gateway.mood(Gateway.Mood.WELL);
            case WORKER_KILLED -> scene.workers.killOne();
            case BROKER_KILLED -> {
                broker.kill();
                restart = Thread.ofVirtual().start(broker::start);
            }
        }
    }

    private boolean isDrained(Scene scene) {
        var latest = samples.getLast();
        return !latest.isBrokerAway()
                && latest.depth() == 0
                && scene.gateway.charged() + latest.deadLetters() >= scene.shops.confirmed();
    }

    private void watchUntil(Scene scene, String what, BooleanSupplier isSo)
            throws InterruptedException {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (!isSo.getAsBoolean()) {
            if (System.nanoTime() > deadline) {
                tell("not within " + PATIENCE.toSeconds() + " s: " + what);
                return;
            }
            watch(scene);
        }
        tell(what);
    }

    private void watch(Scene scene) throws InterruptedException {
        long began = System.nanoTime();
        var look = admin.look(QUEUE);
        var dead = admin.look(DEAD);
        var before = samples.isEmpty() ? null : samples.getLast();
        var sample =
                new Sample(
                        at().toMillis(),
                        scene.shops.confirmed(),
                        scene.gateway.charged(),
                        perMinute(scene.shops.confirmed()),
                        look.map(AdminApi.QueueLook::ready).orElse(0L),
                        look.map(AdminApi.QueueLook::leased).orElse(0L),
                        look.map(AdminApi.QueueLook::waiting).orElse(0L),
                        look.map(AdminApi.QueueLook::breaker).orElse("unknown"),
                        dead.map(it -> it.ready() + it.leased()).orElse(0L),
                        scene.gateway.mood(),
                        look.isEmpty() || dead.isEmpty());
        if (before != null
                && !sample.isBrokerAway()
                && !before.isBrokerAway()
                && !before.breaker().equals(sample.breaker())) {
            tell("the breaker is " + sample.breaker().replace('_', '-'));
        }
        samples.add(sample);
        screen.show(samples, told, scene.workers.alive());
        LockSupport.parkNanos(TICK.toNanos() - (System.nanoTime() - began));
    }

    private long perMinute(int sent) {
        int back = Math.max(0, samples.size() - RATE_SAMPLES);
        if (samples.isEmpty()) {
            return 0;
        }
        var then = samples.get(back);
        long millis = Math.max(1, at().toMillis() - then.atMillis());
        return (sent - then.sent()) * 60_000L / millis;
    }

    private void learnOfTheDead() throws InterruptedException {
        for (var group : admin.deadLetters(DEAD)) {
            deadByReason.merge(group.reason(), group.count(), Long::sum);
            tell(group.count() + " dead letters: " + group.reason() + " " + group.code());
        }
    }

    private void tell(String what) {
        var now = new Told(at().toMillis(), what);
        told.add(now);
        screen.tell(now);
    }

    private Duration at() {
        return Duration.ofNanos(System.nanoTime() - startNanos);
    }
}
