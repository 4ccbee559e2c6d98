package io.sluice.engine.catalog;

import io.sluice.broker.Topic;
import io.sluice.engine.entry.EntryReader;
import io.sluice.engine.entry.EntryWriter;
import io.sluice.engine.log.Log;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// How the catalog lies in its log: one frame per change, and now and then the whole state in one frame, which makes all
/// before it superfluous.
public final class CatalogJournal {
    /// The log's name in the store.
    public static final String LOG = "catalog";

    private static final int WHOLE_STATE = 64;

    private CatalogJournal() {}

    /// What a log holds.
    ///
    /// @param start where the last frame with a whole state begins: nothing before it is needed; the log's start if there is none
    public record Replayed(CatalogState state, long start) {}

    /// The state that the log's entries lead to.
    ///
    /// @throws IOException when the log cannot be read, or an entry that the state needs is damaged: guessing here could
    ///     take a topic for deleted, and its records with it
    public static Replayed replay(Log log) throws IOException {
        var replay = new Replay(log);
        EntryReader.readAll(log, replay);
        if (replay.damage != null) {
            throw new IOException(replay.damage);
        }
        return new Replayed(replay.state, replay.start);
    }

    /// What happens together, each entry in a frame of its own.
    public static ByteBuffer frame(List<CatalogEntry> entries) {
        int expected = entries.stream().mapToInt(entry -> CatalogCodec.bytesMax(entry) + 16).sum();
        var writer = new EntryWriter(expected);
        for (var entry : entries) {
            writer.add(
                    CatalogCodec.kind(entry),
                    CatalogCodec.bytesMax(entry),
                    into -> CatalogCodec.encode(entry, into));
        }
        return writer.finish();
    }

    /// The whole state without what a restart forgets, framed.
    public static ByteBuffer frame(CatalogState state) {
        var entries = entries(state);
        int bytes = entries.stream().mapToInt(entry -> 1 + CatalogCodec.bytesMax(entry)).sum();
        return new EntryWriter(bytes + 64)
                .add(
                        WHOLE_STATE,
                        bytes + 12,
                        into -> {
                            into.putLong(state.version()).putInt(entries.size());
                            for (var entry : entries) {
                                into.put((byte) CatalogCodec.kind(entry));
                                CatalogCodec.encode(entry, into);
                            }
                        })
                .finish();
    }

    private static List<CatalogEntry> entries(CatalogState state) {
        var entries = new ArrayList<CatalogEntry>();
        entries.add(new CatalogEntry.Founded(state.clusterId()));
        entries.add(new CatalogEntry.ProducerIdsReserved(state.producerIdsBelow()));
        entries.add(new CatalogEntry.ShardsLaidOut(state.shards()));
        for (var kind : state.kinds()) {
            for (var name : state.configured(kind)) {
                entries.add(new CatalogEntry.Configured(kind, name, state.settings(kind, name)));
            }
        }
        for (Topic topic : state.topics()) {
            if (!state.transience().ofTopic(topic.id())) {
                entries.add(
                        new CatalogEntry.TopicCreated(
                                topic.id(),
                                topic.name(),
                                topic.partitions(),
                                topic.config(),
                                topic.createdMillis()));
            }
        }
        state.queues().stream()
                .filter(queue -> !queue.isTransient())
                .forEach(queue -> entries.add(new CatalogEntry.QueueDeclared(queue)));
        for (var namespace : state.namespaces()) {
            addRoutes(state, namespace, entries);
        }
        return entries;
    }

    private static void addRoutes(
            CatalogState state, String namespace, List<CatalogEntry> entries) {
        state.exchanges(namespace).stream()
                .filter(exchange -> exchange.durable() && !exchange.isPredeclared())
                .forEach(exchange -> entries.add(new CatalogEntry.ExchangeDeclared(exchange)));
        state.bindings(namespace).stream()
                .filter(binding -> !state.transience().of(binding))
                .forEach(binding -> entries.add(new CatalogEntry.Bound(binding)));
    }

    private static CatalogState whole(ByteBuffer payload) {
        long version = payload.getLong();
        var state = CatalogState.empty();
        for (int left = payload.getInt(); left > 0; left--) {
            state = state.apply(CatalogCodec.decode(payload.get(), payload));
        }
        return state.at(version);
    }

    private static final class Replay implements EntryReader.Visitor {
        private final Log log;
        private CatalogState state = CatalogState.empty();
        private long start;
        private @Nullable String damage;

        Replay(Log log) {
            this.log = log;
            this.start = log.start();
        }

        @Override
        public void entry(int kind, long position, ByteBuffer payload) {
            if (kind == WHOLE_STATE) {
                state = whole(payload);
                start = position;
                damage = null;
            } else if (damage == null) {
                state = state.apply(CatalogCodec.decode(kind, payload));
            }
        }

        @Override
        public void damaged(long from, long to) {
            damage =
                    "log "
                            + log.name()
                            + " is damaged from "
                            + from
                            + " to "
                            + to
                            + " of "
                            + log.end()
                            + " bytes";
        }
    }
}
