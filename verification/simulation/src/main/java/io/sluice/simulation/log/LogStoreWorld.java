package io.sluice.simulation.log;

import io.sluice.base.Buffer;
import io.sluice.base.Slice;
import io.sluice.engine.log.Chunk;
import io.sluice.engine.log.CorruptDataException;
import io.sluice.engine.log.Log;
import io.sluice.engine.log.StorageFullException;
import io.sluice.engine.log.TrimmedException;
import io.sluice.engine.log.embedded.EmbeddedLogStore;
import io.sluice.engine.log.embedded.StoreSettings;
import io.sluice.simulation.InvariantBroken;
import io.sluice.simulation.Tally;
import io.sluice.simulation.disk.Faults;
import io.sluice.simulation.disk.PowerLoss;
import io.sluice.simulation.disk.SimulatedDisk;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.random.RandomGenerator;

/// One store, its disk, and what it has promised. Every step is drawn from one generator, so that a seed tells a whole history.
public final class LogStoreWorld {
    private static final int LOGS = 6;
    private static final int BIG_CHUNK = 24 << 10;

    private final RandomGenerator random;
    private final SimulatedDisk disk;
    private final Kind kind;
    private final Map<String, ModelLog> logs = new TreeMap<>();
    private final Set<String> deletedOnce = new TreeSet<>();
    private final Map<String, Log> handles = new TreeMap<>();
    private final Tally tally;

    /// Set by [#begin] before anything else happens.
    @SuppressWarnings("NullAway.Init")
    private EmbeddedLogStore store;

    private boolean stopped;
    private boolean full;

    private LogStoreWorld(RandomGenerator random, SimulatedDisk disk, Kind kind, Tally tally) {
        this.random = random;
        this.disk = disk;
        this.kind = kind;
        this.tally = tally;
    }

    private enum Kind {
        CALM,
        ROUGH,
        KILLED
    }

    /// A world in which everything goes wrong sooner or later.
    ///
    /// @param random decides every step
    /// @param disk seeded from the same seed
    /// @param tally counts what happened
    static LogStoreWorld rough(RandomGenerator random, SimulatedDisk disk, Tally tally)
            throws IOException {
        return new LogStoreWorld(random, disk, Kind.ROUGH, tally).begin();
    }

    /// A world in which nothing goes wrong but what was set up on the disk before.
    static LogStoreWorld calm(RandomGenerator random, SimulatedDisk disk, Tally tally)
            throws IOException {
        return new LogStoreWorld(random, disk, Kind.CALM, tally).begin();
    }

    /// A rough world in which a process often ends while the machine lives on: the next one reads what that one wrote, whether it ever
    /// reached the disk or not.
    static LogStoreWorld killed(RandomGenerator random, SimulatedDisk disk, Tally tally)
            throws IOException {
        return new LogStoreWorld(random, disk, Kind.KILLED, tally).begin();
    }

    private LogStoreWorld begin() throws IOException {
        try {
            store = boot();
        } catch (PowerLoss _) {
            recover();
        }
        return this;
    }

    /// Takes `steps` random steps; a loss of power on the way is followed by a recovery, and that by more steps.
    public void run(int steps) throws IOException {
        for (var i = 0; i < steps; i++) {
            try {
                step();
            } catch (PowerLoss _) {
                recover();
            } catch (StorageFullException refused) {
                if (!full) {
                    throw refused;
                }
            }
            if (stopped) {
                end();
            }
        }
    }

    /// The process ends, and the power may go with it.
    private void end() throws IOException {
        if (kind == Kind.KILLED && random.nextInt(3) > 0) {
            kill();
        } else {
            recover();
        }
    }

    /// The process ends and the next one finds all that was written: nothing that was completed may be missing, forced or not. One start in
    /// four is on a disk that still fails to force, until one comes through.
    private void kill() throws IOException {
        logs.values().forEach(ModelLog::closed);
        do {
            tally.crashes++;
            calmDown();
            disk.keepPower();
            disk.faults(random.nextInt(4) == 0 ? new Faults(0, 0.3, 0, 0) : Faults.NONE);
        } while (!boots());
        disk.faults(Faults.NONE);
        checkRecovered();
    }

    private boolean boots() throws IOException {
        try {
            store = boot();
            return true;
        } catch (CorruptDataException e) {
            throw e;
        } catch (IOException failed) {
            return false;
        }
    }

    private void calmDown() {
        disk.faults(Faults.NONE);
        disk.capacity(Long.MAX_VALUE);
        handles.clear();
        stopped = false;
        full = false;
    }

    /// The power goes and comes back; everything promised is checked.
    public void recover() throws IOException {
        while (true) {
            tally.crashes++;
            disk.crash();
            calmDown();
            if (kind != Kind.CALM && random.nextInt(4) == 0) {
                disk.crashAfter(1 + random.nextInt(20));
            }
            try {
                store = boot();
                checkRecovered();
                return;
            } catch (PowerLoss _) {
                // Lost again while recovering: the next boot finds what that one left.
            }
        }
    }

    private EmbeddedLogStore boot() throws IOException {
        return EmbeddedLogStore.openUndriven(
                disk.boot(), StoreSettings.small(), _ -> stopped = true);
    }

    private void step() throws IOException {
        switch (random.nextInt(20)) {
            case 0, 1, 2, 3, 4, 5, 6, 7 -> append();
            case 8, 9, 10, 11 -> store.writer().turn();
            case 12, 13 -> store.settler().turn();
            case 14 -> trim();
            case 15, 16 -> read();
            case 17 -> rare();
            default -> drain();
        }
    }

    private void rare() throws IOException {
        if (kind == Kind.KILLED && random.nextInt(4) == 0) {
            kill();
            return;
        }
        switch (random.nextInt(kind == Kind.CALM ? 4 : 14)) {
            case 0 -> delete(anyLog());
            case 1, 2 -> reopen();
            case 3, 13 -> restart();
            case 4 -> disk.crashAfter(1 + random.nextInt(12));
            case 5 -> disk.faults(new Faults(0, 0.2, 0, 0));
            case 6 -> disk.faults(new Faults(0.1, 0, 0, 0));
            case 7 -> fill();
            default -> disk.faults(new Faults(0, 0, 0, 0.5));
        }
    }

    private void fill() {
        full = !full;
        disk.capacity(
                full
                        ? disk.files().values().stream().mapToLong(Integer::longValue).sum()
                                + random.nextInt(64 << 10)
                        : Long.MAX_VALUE);
    }

    private void append() throws IOException {
        var model = anyLog();
        var handle = handle(model);
        if (handle.next() != model.next()) {
            throw new InvariantBroken(
                    "PositionsAreKnown",
                    model.name + " gives " + handle.next() + " next, expected " + model.next());
        }
        var length =
                random.nextInt(8) == 0 ? 1 + random.nextInt(BIG_CHUNK) : 1 + random.nextInt(400);
        var chunk = model.append(length, random.nextInt(10) != 0);
        handle.append(new TrackedChunk(chunk, model.content.bytes(chunk.start(), length)));
    }

    private void drain() {
        for (var turns = 0; turns < 50; turns++) {
            var worked = store.writer().turn();
            worked |= store.settler().turn();
            if (!worked) {
                break;
            }
        }
        logs.values().forEach(ModelLog::forget);
    }

    private void trim() throws IOException {
        var model = anyLog();
        if (model.completed() > model.trimmed()) {
            var before = model.trimmed() + random.nextLong(model.completed() - model.trimmed() + 1);
            model.trim(before);
            handle(model).trim(before);
        }
    }

    private void read() throws IOException {
        var model = anyLog();
        var handle = handle(model);
        if (handle.end() < model.completed()) {
            throw new InvariantBroken(
                    "TheEndCoversWhatCompleted",
                    model.name
                            + " ends at "
                            + handle.end()
                            + ", completed were "
                            + model.completed());
        }
        verify(
                model,
                handle,
                model.trimmed()
                        + (model.completed() > model.trimmed()
                                ? random.nextLong(model.completed() - model.trimmed())
                                : 0),
                4_096);
    }

    private void delete(ModelLog model) throws IOException {
        store.delete(model.name);
        handles.remove(model.name);
        logs.remove(model.name);
        deletedOnce.add(model.name);
    }

    private void reopen() throws IOException {
        var model = anyLog();
        var older = handle(model);
        handles.remove(model.name);
        handle(model);
        var refused = new boolean[1];
        older.append(
                new Chunk() {
                    @Override
                    public Buffer data() {
                        return Buffer.unpooled(ByteBuffer.wrap(new byte[10]));
                    }

                    @Override
                    public boolean forced() {
                        return true;
                    }

                    @Override
                    public void completed() {
                        throw new InvariantBroken(
                                "AnOlderHandleIsFenced",
                                model.name + " took an append through an older handle");
                    }

                    @Override
                    public void failed(IOException cause) {
                        refused[0] = true;
                    }
                });
        store.writer().turn();
        if (!refused[0] && !stopped) {
            throw new InvariantBroken(
                    "AnOlderHandleIsFenced",
                    model.name + " left an append through an older handle unanswered");
        }
    }

    /// An orderly stop and a start: all that was completed lasts, forced or not.
    private void restart() throws IOException {
        disk.faults(Faults.NONE);
        store.close();
        if (stopped) {
            return;
        }
        logs.values().forEach(ModelLog::closed);
        handles.clear();
        store = boot();
        checkRecovered();
    }

    private void checkRecovered() throws IOException {
        for (var name : store.names()) {
            if (!logs.containsKey(name) && !deletedOnce.contains(name)) {
                throw new InvariantBroken("NothingIsInvented", "log " + name + " was never opened");
            }
            if (!logs.containsKey(name)) {
                // Its deletion was not durable yet: asked for again.
                store.delete(name);
            }
        }
        for (var model : List.copyOf(logs.values())) {
            if (model.promised() == 0 && deletedOnce.contains(model.name)) {
                // Neither the deletion of its former life nor its birth was acknowledged: either
                // may be there.
                delete(model);
                continue;
            }
            var handle = store.open(model.name);
            if (handle.next() != handle.end()) {
                throw new InvariantBroken(
                        "RebuildIsDurable",
                        model.name
                                + " ends at "
                                + handle.end()
                                + " but goes on at "
                                + handle.next());
            }
            model.rebooted(handle.start(), handle.end());
            handles.put(model.name, handle);
            verify(model, handle, handle.start(), Integer.MAX_VALUE);
        }
    }

    /// Reads from `position` on and compares, both ways of reading in turn.
    private void verify(ModelLog model, Log handle, long position, int max) throws IOException {
        var end = Math.min(model.completed(), position + (long) max);
        for (var at = position; at < end; ) {
            var bytes = bytesAt(model, handle, at, (int) Math.min(8_192, end - at));
            if (!bytes.hasRemaining()) {
                throw new InvariantBroken(
                        "NoAcknowledgedByteIsLost",
                        model.name
                                + " has nothing at "
                                + at
                                + ", completed were "
                                + model.completed());
            }
            for (; bytes.hasRemaining(); at++) {
                if (bytes.get() != model.content.at(at)) {
                    throw new InvariantBroken(
                            "BytesAreWhatWasAppended", model.name + " differs at " + at);
                }
            }
        }
    }

    private ByteBuffer bytesAt(ModelLog model, Log handle, long at, int max) throws IOException {
        var into = ByteBuffer.allocate(max);
        try {
            if (random.nextBoolean()) {
                handle.read(at, into);
            } else {
                try (var slices = handle.read(at, max)) {
                    for (var slice : slices.slices()) {
                        into.put(((Slice.InMemory) slice).bytes().duplicate());
                    }
                }
            }
        } catch (TrimmedException _) {
            throw new InvariantBroken(
                    "NothingIsTrimmedUnasked",
                    model.name + " has trimmed " + at + ", asked for was " + model.trimmed());
        }
        return into.flip();
    }

    private ModelLog anyLog() {
        // Some are busy, some are quiet: what is left of those is carried from journal file to
        // journal file.
        var name = "log-" + random.nextInt(1 + random.nextInt(LOGS));
        return logs.computeIfAbsent(name, _ -> new ModelLog(name, new Content(random.nextLong())));
    }

    private Log handle(ModelLog model) throws IOException {
        var handle = handles.get(model.name);
        if (handle == null) {
            handle = store.open(model.name);
            model.reopened(handle.start(), handle.next());
            handles.put(model.name, handle);
        }
        return handle;
    }

    /// Tells the model how its chunk ended.
    private final class TrackedChunk implements Chunk {
        private final ModelChunk chunk;
        private final Buffer data;
        private boolean ended;

        TrackedChunk(ModelChunk chunk, ByteBuffer bytes) {
            this.chunk = chunk;
            this.data =
                    Buffer.unpooled(ByteBuffer.allocateDirect(bytes.capacity()).put(bytes).flip());
        }

        @Override
        public Buffer data() {
            return data;
        }

        @Override
        public boolean forced() {
            return chunk.forced();
        }

        @Override
        public void completed() {
            end();
            tally.acknowledged++;
            chunk.log().completed(chunk);
        }

        @Override
        public void failed(IOException cause) {
            end();
            if (logs.get(chunk.log().name) != chunk.log()) {
                return;
            }
            if (cause instanceof StorageFullException && !full) {
                throw new InvariantBroken(
                        "RefusedOnlyForAReason",
                        chunk.log().name + " was refused for want of room: " + cause.getMessage());
            }
            handles.remove(chunk.log().name);
        }

        private void end() {
            if (ended) {
                throw new InvariantBroken("EveryChunkEndsOnce", chunk.log().name + " " + chunk);
            }
            ended = true;
        }
    }
}
