package io.sluice.simulation.queue;

import io.sluice.base.Buffer;
import io.sluice.broker.Append;
import io.sluice.broker.AppendToAll;
import io.sluice.broker.AppendToAll.Outcome;
import io.sluice.broker.Catalog;
import io.sluice.broker.CatalogChange;
import io.sluice.broker.message.Deaths;
import io.sluice.broker.message.Envelope;
import io.sluice.broker.message.EnvelopeWriter;
import io.sluice.broker.queue.BreakerView;
import io.sluice.broker.queue.BreakerView.Wish;
import io.sluice.broker.queue.Queue;
import io.sluice.broker.queue.Queues.Got;
import io.sluice.broker.record.BatchBuilder;
import io.sluice.broker.record.Compression;
import io.sluice.broker.record.Header;
import io.sluice.broker.record.RecordBatch;
import io.sluice.broker.record.Records;
import io.sluice.simulation.InvariantBroken;
import io.sluice.simulation.Tally;
import io.sluice.simulation.broker.Answer;
import io.sluice.simulation.broker.BrokerProcess;
import io.sluice.simulation.broker.ManualClock;
import io.sluice.simulation.broker.ProcessEnded;
import io.sluice.simulation.broker.Told;
import io.sluice.simulation.disk.Faults;
import io.sluice.simulation.disk.PowerLoss;
import io.sluice.simulation.disk.SimulatedDisk;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.random.RandomGenerator;

/// Queues with dead letters, their clients, and a disk that fails.
final class QueueWorld {
    private static final String DEAD = "dead";

    private static final String MOVED = "moved";
    private static final String PLAIN = "plain";
    private static final int SECONDS_TO_MOVE = 60;

    /// Made by the broker when the first letter is to go there.
    private static final String LATER = "later";

    private final RandomGenerator random;
    private final SimulatedDisk disk;
    private final boolean calm;
    private final Tally tally;
    private final ManualClock clock = new ManualClock();
    private final Map<Long, ModelMessage> messages = new HashMap<>();
    private final List<ModelQueue> queues;
    private final ModelQueue dead = new ModelQueue(DEAD, -1, Map.of());

    /// Where letters of the first queue are moved to.
    private final ModelQueue moved = new ModelQueue(MOVED, -1, Map.of());

    private final BreakerWatch watch;
    private final SimulatedRedriver redriver = new SimulatedRedriver(DEAD, MOVED, PLAIN);
    private final ModelQueue later = new ModelQueue(LATER, -1, Map.of());
    private long nextMessage = 1;

    /// Set by [#begin] before anything else happens.
    @SuppressWarnings("NullAway.Init")
    private BrokerProcess process;

    private QueueWorld(RandomGenerator random, SimulatedDisk disk, boolean calm, Tally tally) {
        this.random = random;
        this.disk = disk;
        this.calm = calm;
        this.tally = tally;
        var toTheDead =
                Map.of("x-dead-letter-exchange", "\"\"", "x-dead-letter-routing-key", "\"dead\"");
        this.queues =
                List.of(
                        new ModelQueue(PLAIN, 0, toTheDead),
                        new ModelQueue("limited", 1, with(toTheDead, "x-delivery-limit", "2")),
                        new ModelQueue("priorities", 2, with(toTheDead, "x-max-priority", "3")),
                        new ModelQueue("ordered", 3, with(toTheDead, "x-sluice-order", "\"key\"")),
                        new ModelQueue("turns", 4, with(toTheDead, "x-sluice-order", "\"fair\"")),
                        new ModelQueue(
                                "retried",
                                5,
                                with(retrying(DEAD), "x-sluice-retry-max-attempts", "4")),
                        new ModelQueue("patient", 6, patient()),
                        new ModelQueue("breaking", 7, breaking(toTheDead)));
        this.watch = new BreakerWatch(queues.getLast(), tally);
    }

    private static Map<String, String> breaking(Map<String, String> more) {
        var all = new HashMap<>(more);
        all.put("x-delivery-limit", "2");
        all.put("x-sluice-breaker-failure-percent", "50");
        all.put("x-sluice-breaker-minimum-calls", "4");
        all.put("x-sluice-breaker-window-size", "8");
        all.put("x-sluice-breaker-open-ms", "500");
        all.put("x-sluice-breaker-open-max-ms", "3000");
        all.put("x-sluice-breaker-probes", "2");
        all.put("x-sluice-breaker-dead-letters", "4");
        return all;
    }

    private static Map<String, String> retrying(String deadLetterQueue) {
        return Map.of(
                "x-sluice-retry-immediate", "1",
                "x-sluice-retry-initial-ms", "300",
                "x-sluice-retry-max-ms", "2000",
                "x-sluice-dead-letter-attempts-kept", "3",
                "x-sluice-dead-letter-queue", "\"" + deadLetterQueue + "\"");
    }

    /// One after the other of each key, also while they are tried again, without a limit: nobody is told of all tries. Whose connection goes has not failed.
    private static Map<String, String> patient() {
        var ordered = with(retrying(LATER), "x-sluice-order", "\"key\"");
        return with(ordered, "x-sluice-retry-connection-lost", "\"uncounted\"");
    }

    private static Map<String, String> with(Map<String, String> more, String name, String value) {
        var all = new HashMap<>(more);
        all.put(name, value);
        return all;
    }

    /// A world in which everything goes wrong sooner or later.
    static QueueWorld rough(RandomGenerator random, SimulatedDisk disk, Tally tally)
            throws IOException {
        return new QueueWorld(random, disk, false, tally).begin();
    }

    /// A world in which nothing goes wrong but what was set up on the disk before.
    static QueueWorld calm(RandomGenerator random, SimulatedDisk disk, Tally tally)
            throws IOException {
        return new QueueWorld(random, disk, true, tally).begin();
    }

    private QueueWorld begin() throws IOException {
        try {
            process = boot();
            declareAll();
        } catch (PowerLoss | ProcessEnded _) {
            recover();
        }
        return this;
    }

    void run(int steps) throws IOException {
        for (var i = 0; i < steps; i++) {
            try {
                step();
            } catch (PowerLoss _) {
                recover();
            } catch (ProcessEnded _) {
                expectTrouble("the broker ended");
                recover();
            }
            queues.forEach(ModelQueue::check);
            watch.wish(process.broker(), Wish.LOOK, clock::millis);
            if (process.hasFailed()) {
                expectTrouble("the disk failed the broker, though nothing was wrong with it");
                recover();
            }
        }
    }

    private void expectTrouble(String what) {
        if (calm) {
            throw new InvariantBroken("NothingFailsByItself", what);
        }
    }

    /// The power goes and comes back; every connection is gone.
    void recover() throws IOException {
        while (true) {
            tally.crashes++;
            disk.crash();
            disk.faults(Faults.NONE);
            disk.capacity(Long.MAX_VALUE);
            connectionsLost();
            if (!calm && random.nextInt(4) == 0) {
                disk.crashAfter(1 + random.nextInt(30));
            }
            try {
                process = boot();
                declareAll();
                return;
            } catch (PowerLoss | ProcessEnded _) {
                // Lost again while recovering: the next boot finds what that one left.
            }
        }
    }

    private void connectionsLost() {
        queues.forEach(ModelQueue::connectionsLost);
        dead.connectionsLost();
        watch.crashed();
    }

    private BrokerProcess boot() throws IOException {
        return new BrokerProcess(disk.boot(), 1 + random.nextInt(3), clock, random);
    }

    private void declareAll() {
        declare(dead);
        declare(moved);
        queues.forEach(this::declare);
    }

    private void declare(ModelQueue queue) {
        var found = process.broker().catalog().queue(Queue.DEFAULT_NAMESPACE, queue.name);
        if (found.isEmpty()) {
            if (queue.part != null) {
                throw new InvariantBroken("NoDeclaredQueueIsLost", queue.name);
            }
            var answer = new Answer<Catalog>();
            process.broker()
                    .change(
                            new CatalogChange.DeclareQueue(
                                    new Queue(
                                            id(),
                                            Queue.DEFAULT_NAMESPACE,
                                            queue.name,
                                            id(),
                                            true,
                                            true,
                                            false,
                                            false,
                                            queue.arguments,
                                            clock.millis())),
                            answer);
            process.turnUntil(() -> !answer.isOpen());
            found = process.broker().catalog().queue(Queue.DEFAULT_NAMESPACE, queue.name);
        }
        if (found.isEmpty()) {
            throw new ProcessEnded();
        }
        queue.part = found.get().part(0);
    }

    private UUID id() {
        return new UUID(random.nextLong(), random.nextLong());
    }

    private void step() throws IOException {
        var queue = queues.get(random.nextInt(queues.size()));
        switch (random.nextInt(40)) {
            case 0 -> rare();
            case 1 -> {
                consume(queue);
                if (random.nextInt(4) == 0) {
                    watch.wish(
                            process.broker(),
                            random.nextInt(3) == 0 ? Wish.OPEN : Wish.CLOSE,
                            clock::millis);
                }
            }
            case 2 -> leave(queue);
            case 3 -> {
                clock.advance(random.nextInt(2_000));
                if (random.nextInt(3) == 0) {
                    redriver.act(process.broker(), random, clock.millis());
                }
            }
            case 4, 5, 6, 7 -> publish(queue);
            case 8, 9 -> publishToAll();
            case 10, 11, 12, 13, 14, 15, 16 -> settle(queue);
            case 17, 18 ->
                    queue.receiver.receive(process.broker(), messages, clock::millis, random);
            case 19, 20 -> queue.receiver.settle(process.broker(), clock::millis, random);
            default -> process.turn(random);
        }
    }

    private void rare() throws IOException {
        switch (random.nextInt(calm ? 2 : 10)) {
            case 0 -> process.settle();
            case 1 -> restart();
            case 2, 3, 4 -> disk.crashAfter(1 + random.nextInt(12));
            case 5 -> disk.faults(new Faults(0, 0.2, 0, 0));
            case 6 -> disk.faults(new Faults(0.1, 0, 0, 0));
            case 7 ->
                    disk.capacity(
                            random.nextBoolean()
                                    ? Long.MAX_VALUE
                                    : disk.files().values().stream()
                                                    .mapToLong(Integer::longValue)
                                                    .sum()
                                            + random.nextInt(64 << 10));
            default -> disk.faults(new Faults(0, 0, 0, 0.5));
        }
    }

    /// Another process begins where nothing is on its way any more.
    private void restart() throws IOException {
        disk.faults(Faults.NONE);
        disk.capacity(Long.MAX_VALUE);
        process.settle();
        if (!process.hasFailed()) {
            connectionsLost();
            process = boot();
            declareAll();
        }
    }

    private void consume(ModelQueue queue) {
        if (queue.consumers.size() < 3) {
            queue.consumers.add(
                    new SimulatedConsumer(
                            process.broker(), queue, messages, clock::millis, random.nextInt(6)));
        }
    }

    private void leave(ModelQueue queue) {
        if (!queue.consumers.isEmpty() && random.nextBoolean()) {
            queue.consumers.remove(random.nextInt(queue.consumers.size())).leave();
        }
    }

    private void settle(ModelQueue queue) {
        if (!queue.consumers.isEmpty()) {
            queue.consumers.get(random.nextInt(queue.consumers.size())).settle(random);
        }
    }

    private void publish(ModelQueue queue) {
        long now = clock.millis();
        var batch = new BatchBuilder(Compression.NONE, 0, now);
        var sent = new ArrayList<ModelMessage>();
        boolean delayed = random.nextInt(8) == 0;
        for (int left = 1 + random.nextInt(3); left > 0; left--) {
            int key = random.nextInt(5);
            var message = message(queue, key, delayed);
            sent.add(message);
            add(batch, message.id, key, now, delayed);
        }
        var life = process;
        process.broker()
                .append(
                        new Append(
                                queue.part().partition(),
                                Buffer.unpooled(batch.build().whole()),
                                Append.ANYWHERE,
                                false,
                                delayed),
                        new Told<>(
                                appended -> {
                                    if (life == process) {
                                        stored(sent, appended.baseOffset());
                                        tally.acknowledged += sent.size();
                                    }
                                },
                                _ -> {}));
    }

    private ModelMessage message(ModelQueue queue, int key, boolean delayed) {
        var message = new ModelMessage(nextMessage++, queue, queue.hasKeys() ? key : 0);
        messages.put(message.id, message);
        message.outOfOrder = delayed;
        return message;
    }

    private void add(BatchBuilder batch, long id, int key, long now, boolean delayed) {
        var envelope =
                EnvelopeWriter.write(
                        random.nextInt(5),
                        -1,
                        delayed ? now + random.nextInt(3_000) : -1,
                        "",
                        List.of("key"),
                        null,
                        null);
        int padding = random.nextInt(12) == 0 ? 9_000 : random.nextInt(200);
        batch.add(
                now,
                key == 0 ? null : new byte[] {(byte) key},
                ByteBuffer.allocate(Long.BYTES + padding).putLong(id).array(),
                new Header(Envelope.HEADER, envelope));
    }

    /// Messages for every queue, in one batch.
    private void publishToAll() {
        long now = clock.millis();
        var batch = new BatchBuilder(Compression.NONE, 0, now);
        var sent = new ArrayList<ModelMessage>();
        boolean delayed = random.nextInt(8) == 0;
        for (int left = 1 + random.nextInt(3); left > 0; left--) {
            int key = random.nextInt(5);
            add(batch, -nextMessage, key, now, delayed);
            queues.forEach(queue -> sent.add(message(queue, key, delayed)));
        }
        var life = process;
        boolean lax = random.nextInt(4) == 0;
        sent.forEach(message -> message.lax = lax);
        process.broker()
                .appendToAll(
                        new AppendToAll(
                                queues.stream().map(queue -> queue.part().partition()).toList(),
                                Buffer.unpooled(batch.build().whole()),
                                lax,
                                delayed),
                        new Told<>(
                                outcomes -> {
                                    if (life == process && !lax) {
                                        confirm(sent, outcomes);
                                    }
                                },
                                _ -> {}));
    }

    private void confirm(List<ModelMessage> sent, List<Outcome> outcomes) {
        for (var queue : queues) {
            if (outcomes.get(queue.index) instanceof Outcome.Done(var appended)) {
                var its = sent.stream().filter(message -> message.queue == queue).toList();
                stored(its, appended.baseOffset());
                tally.acknowledged += its.size();
            }
        }
    }

    private static void stored(List<ModelMessage> sent, long baseOffset) {
        long offset = baseOffset;
        for (var message : sent) {
            message.confirmed = true;
            message.queue.orderWithinKey.stored(message, offset++);
        }
    }

    /// Everything comes to rest; what is there in the end is held against what clients were told.
    void judge() throws IOException {
        queues.forEach(
                queue -> {
                    queue.consumers.forEach(SimulatedConsumer::leave);
                    queue.consumers.clear();
                });
        calmDown();
        closeBreaker();
        moveLetters();
        var found = new HashSet<Long>();
        for (var queue : queues) {
            drain(queue, found);
        }
        var inPlace = Set.copyOf(found);
        drain(moved, found);
        drain(dead, found);
        var made = process.broker().catalog().queue(Queue.DEFAULT_NAMESPACE, LATER);
        if (made.isPresent()) {
            later.part = made.get().part(0);
            drain(later, found);
        }
        for (var message : messages.values()) {
            if (message.confirmed && message.accepted == 0 && !found.contains(message.id)) {
                throw new InvariantBroken("NoConfirmedMessageIsLost", message.toString());
            }
            // A receipt for one that has died says that it is gone.
            if (message.settledForGood && inPlace.contains(message.id)) {
                throw new InvariantBroken("AcknowledgementsAreFinal", message.toString());
            }
        }
    }

    /// Lets delays end and dead letters arrive.
    private void calmDown() throws IOException {
        disk.crashAfter(Integer.MAX_VALUE);
        disk.faults(Faults.NONE);
        disk.capacity(Long.MAX_VALUE);
        for (int i = 0; i < 10; i++) {
            process.settle();
            if (process.hasFailed()) {
                recover();
            }
            clock.advance(1_000);
        }
        process.settle();
    }

    /// A last redrive ends, and leaves nothing behind of what it is about.
    private void moveLetters() {
        redriver.cancel(process.broker(), clock.millis());
        process.settle();
        redriver.moveAll(process.broker(), clock.millis());
        process.settle();
        for (int i = 0; i < SECONDS_TO_MOVE; i++) {
            if (redriver.ended(process.broker()).isPresent()) {
                return;
            }
            clock.advance(1_000);
            process.settle();
        }
        throw new InvariantBroken("EveryRedriveEnds", "it still runs after a minute");
    }

    /// So that what is left is handed out.
    private void closeBreaker() {
        var answer = new Answer<BreakerView>();
        process.broker().queues().breaker(queues.getLast().part(), Wish.CLOSE, answer);
        process.turnUntil(() -> !answer.isOpen());
    }

    private void drain(ModelQueue queue, Set<Long> found) {
        for (var got = get(queue); got.isPresent(); got = get(queue)) {
            var delivery = got.get().delivery();
            var records = RecordBatch.view(delivery.batch(), 0).recordsFrom(delivery.at());
            records.next();
            var value = records.value();
            assert value != null : "every message has a body";
            var origin = origin(queue, records);
            long id = origin.idOf(value.getLong(0));
            var message = messages.get(id);
            if (message == null) {
                throw new InvariantBroken("OnlyWhatWasPublishedIsDelivered", "message " + id);
            }
            if (queue == dead && origin == queues.getLast()) {
                watch.died(message, deaths(records).latestFirst().getLast().firstMillis());
            }
            if (queue == dead && origin.name.equals(PLAIN)) {
                throw new InvariantBroken("ARedriveLeavesNothingBehind", String.valueOf(message));
            }
            if (origin != queue && queue != moved && message != null) {
                DeadLettersTellAll.check(origin, message, records, clock.millis());
            }
            if (!found.add(id)) {
                throw new InvariantBroken(
                        "NoMessageIsThereTwice", messages.get(id) + " in " + queue.name);
            }
        }
    }

    /// The queue that the message was published to.
    private ModelQueue origin(ModelQueue found, Records record) {
        if (found == moved) {
            return queues.getFirst();
        }
        if (found != dead && found != later) {
            return found;
        }
        var from = deaths(record).firstQueue();
        return queues.stream().filter(queue -> queue.name.equals(from)).findFirst().orElseThrow();
    }

    private static Deaths deaths(Records record) {
        var envelope = record.header(Envelope.HEADER.getBytes(StandardCharsets.UTF_8));
        assert envelope != null : "every dead letter has an envelope";
        return Envelope.of(envelope).deaths().orElseThrow();
    }

    private Optional<Got> get(ModelQueue queue) {
        var answer = new Answer<Optional<Got>>();
        process.broker().queues().get(queue.part(), 1, true, answer);
        process.turnUntil(() -> !answer.isOpen());
        var value = answer.value();
        return value == null ? Optional.empty() : value;
    }
}
