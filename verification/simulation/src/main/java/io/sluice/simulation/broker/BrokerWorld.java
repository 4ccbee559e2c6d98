package io.sluice.simulation.broker;

import io.sluice.broker.BrokerError;
import io.sluice.broker.Catalog;
import io.sluice.broker.CatalogChange;
import io.sluice.broker.Reply;
import io.sluice.simulation.InvariantBroken;
import io.sluice.simulation.Tally;
import io.sluice.simulation.disk.PowerLoss;
import io.sluice.simulation.disk.SimulatedDisk;
import io.sluice.simulation.disk.Trouble;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletionException;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/// A broker, its disk, its clients, and what they were told.
final class BrokerWorld {
    private static final int TOPICS_MAX = 4;
    private static final int SECONDS_UNTIL_OPEN = 15;

    private final RandomGenerator random;
    private final SimulatedDisk disk;
    private final Trouble trouble;
    private final boolean calm;
    private final Tally tally;
    private final ManualClock clock = new ManualClock();
    private final List<ModelTopic> topics = new ArrayList<>();
    private final Set<Long> producerIds = new HashSet<>();
    private int named;

    /// Set by [#begin] before anything else happens.
    @SuppressWarnings("NullAway.Init")
    private BrokerProcess process;

    private BrokerWorld(RandomGenerator random, SimulatedDisk disk, boolean calm, Tally tally) {
        this.random = random;
        this.disk = disk;
        this.trouble = new Trouble(disk, random);
        this.calm = calm;
        this.tally = tally;
    }

    /// A world in which everything goes wrong sooner or later.
    static BrokerWorld rough(RandomGenerator random, SimulatedDisk disk, Tally tally)
            throws IOException {
        return new BrokerWorld(random, disk, false, tally).begin();
    }

    /// A world in which nothing goes wrong but what was set up on the disk before.
    static BrokerWorld calm(RandomGenerator random, SimulatedDisk disk, Tally tally)
            throws IOException {
        return new BrokerWorld(random, disk, true, tally).begin();
    }

    private BrokerWorld begin() throws IOException {
        try {
            process = boot();
        } catch (PowerLoss _) {
            recover();
        }
        return this;
    }

    /// Takes random steps; whatever ends the process is followed by a restart and a look at everything.
    void run(int steps) throws IOException {
        for (var i = 0; i < steps; i++) {
            try {
                step();
            } catch (PowerLoss | ProcessEnded _) {
                recover();
            }
            if (process.hasFailed()) {
                recover();
            }
        }
    }

    /// The power goes and comes back; everything that clients were told is checked.
    void recover() throws IOException {
        while (true) {
            tally.crashes++;
            trouble.powerGoes();
            trouble.end();
            topics.forEach(
                    topic ->
                            topic.partitions()
                                    .forEach(
                                            partition ->
                                                    partition
                                                            .producers()
                                                            .forEach(
                                                                    SimulatedProducer
                                                                            ::connectionLost)));
            if (!calm) {
                trouble.befallsAStart(30);
            }
            try {
                process = boot();
                if (trouble.readsMayFail()) {
                    whatIsClosedOpens();
                }
                checkEverything();
                return;
            } catch (PowerLoss _) {
                // Lost again while recovering: the next boot finds what that one left.
            } catch (IOException | ProcessEnded | CompletionException e) {
                if (!trouble.readsMayFail()) {
                    throw e;
                }
            }
        }
    }

    /// What could not be read at the start is tried again.
    private void whatIsClosedOpens() {
        trouble.noFaults();
        for (var i = 0; i < SECONDS_UNTIL_OPEN; i++) {
            clock.advance(1_000);
            process.settle();
        }
    }

    private BrokerProcess boot() throws IOException {
        return new BrokerProcess(disk.boot(), 1 + random.nextInt(3), clock, random);
    }

    private void step() throws IOException {
        switch (random.nextInt(40)) {
            case 0 -> createTopic();
            case 1 -> rare();
            case 2 -> addProducer();
            case 3 -> clock.advance(random.nextInt(2_000));
            case 4 -> checkOne();
            case 5 -> deleteRecords();
            case 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16 -> produce();
            default -> process.turn(random);
        }
    }

    private void rare() throws IOException {
        switch (random.nextInt(calm ? 3 : 12)) {
            case 0 -> deleteTopic();
            case 1 -> process.settle();
            case 2 -> rebuildEqualsLive();
            case 3, 4 -> trouble.powerGoesWithin(12);
            case 5 -> trouble.forcesFail(0.2);
            case 6 -> trouble.writesFail();
            case 7 -> trouble.fillUpOrMakeRoom();
            case 8 -> trouble.readsFail();
            default -> trouble.readsAreShort();
        }
    }

    private void createTopic() {
        if (topics.stream().filter(ModelTopic::isLive).count() >= TOPICS_MAX) {
            return;
        }
        var compacted = random.nextInt(3) == 0;
        var topic =
                new ModelTopic(
                        new UUID(random.nextLong(), random.nextLong()),
                        "topic-" + named++,
                        1 + random.nextInt(3),
                        compacted);
        topics.add(topic);
        var config =
                compacted
                        ? Map.of(
                                "cleanup.policy",
                                "compact",
                                "min.cleanable.dirty.ratio",
                                "0.1",
                                "delete.retention.ms",
                                "1000")
                        : Map.<String, String>of();
        var change =
                new CatalogChange.CreateTopic(
                        topic.id(), topic.name(), topic.partitions().size(), config);
        process.broker()
                .change(change, changed(topic, ModelTopic.State.LIVE, ModelTopic.State.GONE));
    }

    private void deleteTopic() {
        var topic = anyLive();
        if (topic != null) {
            topic.become(ModelTopic.State.DELETING);
            process.broker()
                    .change(
                            new CatalogChange.DeleteTopic(topic.id()),
                            changed(topic, ModelTopic.State.GONE, ModelTopic.State.LIVE));
        }
    }

    /// A refusal says that nothing was changed; a failing disk says nothing at all.
    private static Reply<Catalog> changed(
            ModelTopic topic, ModelTopic.State done, ModelTopic.State refused) {
        return new Told<>(
                _ -> topic.become(done),
                error -> {
                    if (!(error instanceof BrokerError.StorageFailed)) {
                        topic.become(refused);
                    }
                });
    }

    private void addProducer() {
        var topic = anyLive();
        if (topic == null) {
            return;
        }
        var index = random.nextInt(topic.partitions().size());
        process.broker()
                .nextProducerId(
                        new Told<>(
                                id -> {
                                    if (!producerIds.add(id)) {
                                        throw new InvariantBroken(
                                                "NoProducerIdIsGivenTwice", "id " + id);
                                    }
                                    var model = topic.partitions().get(index);
                                    model.producers()
                                            .add(
                                                    new SimulatedProducer(
                                                            id,
                                                            topic.partition(index),
                                                            model,
                                                            tally));
                                },
                                _ -> {}));
    }

    private void produce() {
        var topic = anyLive();
        if (topic == null) {
            return;
        }
        var producers =
                topic.partitions().get(random.nextInt(topic.partitions().size())).producers();
        if (!producers.isEmpty()) {
            producers
                    .get(random.nextInt(producers.size()))
                    .send(process.broker(), random, clock.millis());
        }
    }

    private void deleteRecords() {
        var topic = anyLive();
        if (topic == null || random.nextInt(4) != 0) {
            return;
        }
        var index = random.nextInt(topic.partitions().size());
        var model = topic.partitions().get(index);
        if (model.highWatermark() > 0) {
            var before = random.nextLong(model.highWatermark() + 1);
            model.deleting(before);
            process.broker()
                    .deleteRecords(topic.partition(index), before, new Told<>(_ -> {}, _ -> {}));
        }
    }

    private void checkOne() throws IOException {
        var topic = anyLive();
        if (topic != null) {
            check(topic);
        }
    }

    private void checkEverything() throws IOException {
        for (var topic : topics) {
            topic.rebooted(process.broker().catalog().topic(topic.id()).isPresent());
            if (topic.isLive()) {
                check(topic);
            }
        }
        topics.removeIf(topic -> !topic.isLive());
    }

    private void check(ModelTopic topic) throws IOException {
        for (var index = 0; index < topic.partitions().size(); index++) {
            new PartitionReader(process, topic.partition(index), trouble)
                    .check(topic.partitions().get(index));
        }
    }

    /// Stops and starts while nothing is on its way: what the new process has rebuilt is what the old one had.
    private void rebuildEqualsLive() throws IOException {
        trouble.end();
        for (var i = 0; i < 3; i++) {
            // What could not be written is tried again after a while.
            process.settle();
            clock.advance(10_000);
        }
        if (process.hasFailed()) {
            return;
        }
        var live = picture();
        process = boot();
        topics.forEach(
                topic ->
                        topic.partitions()
                                .forEach(
                                        partition ->
                                                partition
                                                        .producers()
                                                        .forEach(
                                                                SimulatedProducer
                                                                        ::connectionLost)));
        topics.forEach(
                topic -> topic.rebooted(process.broker().catalog().topic(topic.id()).isPresent()));
        var rebuilt = picture();
        if (!live.equals(rebuilt)) {
            rebuilt.removeIf(live::remove);
            throw new InvariantBroken("RebuildEqualsLive", "live " + live + "\nrebuilt " + rebuilt);
        }
    }

    private List<String> picture() throws IOException {
        var picture = new ArrayList<String>();
        for (var topic : topics) {
            for (var index = 0; topic.isLive() && index < topic.partitions().size(); index++) {
                picture.add(
                        topic.name()
                                + " "
                                + new PartitionReader(process, topic.partition(index), trouble)
                                        .picture());
            }
        }
        return picture;
    }

    private @Nullable ModelTopic anyLive() {
        var live = topics.stream().filter(ModelTopic::isLive).toList();
        return live.isEmpty() ? null : live.get(random.nextInt(live.size()));
    }
}
