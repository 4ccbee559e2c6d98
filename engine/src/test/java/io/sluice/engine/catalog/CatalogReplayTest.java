package io.sluice.engine.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.base.Buffer;
import io.sluice.base.Rng;
import io.sluice.broker.Catalog;
import io.sluice.broker.CatalogChange;
import io.sluice.broker.Policy;
import io.sluice.broker.queue.Queue;
import io.sluice.broker.routing.Binding;
import io.sluice.broker.routing.Exchange;
import io.sluice.broker.routing.ExchangeType;
import io.sluice.broker.routing.Router;
import io.sluice.engine.log.Chunk;
import io.sluice.engine.log.Log;
import io.sluice.engine.log.MemoryLogStore;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class CatalogReplayTest {
    private static final List<String> NAMESPACES = List.of("/", "team");
    private static final int NAMES = 6;

    /// The journal, replayed at every step, is what a restart would find; what lives on beside it is what a restart forgets.
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void theJournalReplayedIsTheLiveCatalogWithoutWhatARestartForgets(long seed) {
        Rng.run(seed, CatalogReplayTest::randomChanges);
    }

    private static void randomChanges(Rng rng) throws IOException {
        var live = new LiveCatalog();
        live.change(new CatalogChange.Configure("namespace", "team", Map.of("k", "v")));
        var store = MemoryLogStore.completingAtOnce();
        var log = store.open("catalog");
        int written = 0;
        for (int step = 0; step < 1_500; step++) {
            var wish = wish(rng, live);
            if (live.decide(wish) instanceof CatalogDecision.Accepted) {
                live.change(wish);
            }
            for (; written < live.journal.size(); written++) {
                append(log, CatalogJournal.frame(List.of(live.journal.get(written))));
            }
            if (step % 97 == 0) {
                append(log, CatalogJournal.frame(live.state));
            }
            if (step % 10 == 0) {
                var replayed = CatalogJournal.replay(log).state();
                assertThat(whole(replayed)).isEqualTo(whole(live.state));
                assertConsistent(replayed);
                assertConsistent(live.state);
            }
        }
    }

    private static CatalogChange wish(Rng rng, LiveCatalog live) {
        var namespace = NAMESPACES.get(rng.below(2));
        var topics = List.copyOf(live.state.topics());
        var queues = List.copyOf(live.state.queues());
        var someTopic =
                topics.isEmpty() ? new UUID(0, 1) : topics.get(rng.below(topics.size())).id();
        var someQueue =
                queues.isEmpty() ? new UUID(0, 1) : queues.get(rng.below(queues.size())).id();
        return switch (rng.below(16)) {
            case 0 ->
                    new CatalogChange.CreateTopic(
                            new UUID(5, rng.nextLong()), name(rng), 1 + rng.below(3), Map.of());
            case 1 -> new CatalogChange.DeleteTopic(someTopic);
            case 2 ->
                    new CatalogChange.ConfigureTopic(
                            someTopic, Map.of("retention.ms", "" + rng.below(9)));
            case 3 -> new CatalogChange.GrowTopic(someTopic, 1 + rng.below(6));
            case 4, 5, 6 ->
                    new CatalogChange.DeclareQueue(
                            new Queue(
                                    new UUID(1, rng.nextLong()),
                                    namespace,
                                    name(rng),
                                    rng.chance(70) ? new UUID(2, rng.nextLong()) : someTopic,
                                    rng.chance(70),
                                    rng.chance(60),
                                    rng.chance(20),
                                    rng.chance(20),
                                    Map.of("x-message-ttl", "" + rng.below(5)),
                                    rng.below(1_000)));
            case 7 -> new CatalogChange.DeleteQueue(someQueue);
            case 8, 9 ->
                    new CatalogChange.DeclareExchange(
                            new Exchange(
                                    namespace,
                                    name(rng),
                                    type(rng),
                                    rng.chance(60),
                                    rng.chance(50),
                                    rng.chance(20),
                                    Map.of("alternate-exchange", "\"" + name(rng) + "\"")));
            case 10 -> new CatalogChange.DeleteExchange(namespace, name(rng), rng.chance(50));
            case 11, 12, 13 -> new CatalogChange.Bind(binding(rng, namespace));
            case 14 -> {
                var bindings = List.copyOf(live.state.bindings(namespace));
                yield new CatalogChange.Unbind(
                        bindings.isEmpty()
                                ? binding(rng, namespace)
                                : bindings.get(rng.below(bindings.size())));
            }
            default ->
                    new CatalogChange.Configure(
                            Policy.KIND,
                            namespace + '\u0000' + name(rng),
                            rng.chance(30) ? Map.of() : Map.of("pattern", name(rng)));
        };
    }

    private static String name(Rng rng) {
        return "n" + rng.below(NAMES);
    }

    private static ExchangeType type(Rng rng) {
        var simple = List.of(ExchangeType.DIRECT, ExchangeType.FANOUT, ExchangeType.TOPIC);
        return simple.get(rng.below(simple.size()));
    }

    private static Binding binding(Rng rng, String namespace) {
        return new Binding(
                namespace,
                rng.chance(20) ? "amq.topic" : name(rng),
                name(rng),
                rng.chance(60),
                rng.chance(50) ? "#" : name(rng),
                rng.chance(30) ? Map.of("a", "1") : Map.of());
    }

    /// What a journal holds when it holds the state whole; the version counts what was forgotten too.
    private static String whole(CatalogState state) {
        return HexFormat.of().formatHex(CatalogJournal.frame(state.at(0)).array());
    }

    /// Everything is found on all ways that lead to it.
    private static void assertConsistent(Catalog state) {
        for (var queue : state.queues()) {
            assertThat(state.queue(queue.id())).contains(queue);
            assertThat(state.queue(queue.namespace(), queue.name())).contains(queue);
            assertThat(state.queuesOf(queue.topic())).contains(queue);
            assertThat(state.topic(queue.topic())).isPresent();
        }
        for (var namespace : state.namespaces()) {
            var found = new ArrayList<Binding>();
            for (var place : IntStream.range(0, NAMES).mapToObj(i -> "n" + i).toList()) {
                found.addAll(state.routes().bindingsTo(namespace, place, true));
                found.addAll(state.routes().bindingsTo(namespace, place, false));
            }
            assertThat(found).containsExactlyInAnyOrderElementsOf(state.bindings(namespace));
            for (var binding : state.bindings(namespace)) {
                assertThat(state.exchange(namespace, binding.source())).isPresent();
                if (binding.destinationIsQueue()) {
                    var queue = state.queue(namespace, binding.destination()).orElseThrow();
                    var source = state.exchange(namespace, binding.source()).orElseThrow();
                    assertThat(
                                    Router.route(
                                            state,
                                            source,
                                            List.of(binding.routingKey()),
                                            () -> Map.of("a", "1")))
                            .as("%s", binding)
                            .contains(queue);
                } else {
                    assertThat(state.exchange(namespace, binding.destination())).isPresent();
                }
            }
        }
    }

    private static void append(Log log, ByteBuffer framed) {
        log.append(
                new Chunk() {
                    @Override
                    public Buffer data() {
                        return Buffer.unpooled(framed);
                    }

                    @Override
                    public boolean forced() {
                        return true;
                    }

                    @Override
                    public void completed() {}

                    @Override
                    public void failed(IOException cause) {
                        throw new AssertionError(cause);
                    }
                });
    }

    /// These bytes are on people's disks: the layout that docs/formats/catalog.md draws.
    @Test
    void theLayoutOfTheEntriesStays() {
        var queue =
                new Queue(
                        new UUID(1, 2),
                        "/",
                        "q",
                        new UUID(3, 4),
                        true,
                        true,
                        false,
                        true,
                        Map.of("x-expires", "9"),
                        5);
        assertLayout(
                new CatalogEntry.QueueDeclared(queue),
                9,
                "00000000000000010000000000000002 00000001 2f 00000001 71"
                        + "00000000000000030000000000000004 0b"
                        + "00000001 00000009 782d65787069726573 00000001 39 0000000000000005");
        assertLayout(
                new CatalogEntry.QueueDeleted(new UUID(1, 2)),
                10,
                "00000000000000010000000000000002");
        assertLayout(
                new CatalogEntry.ExchangeDeclared(
                        new Exchange(
                                "/", "e", ExchangeType.TOPIC, true, false, true, Map.of("a", "1"))),
                11,
                "00000001 2f 00000001 65 00000005 746f706963 05"
                        + "00000001 00000001 61 00000001 31");
        assertLayout(new CatalogEntry.ExchangeDeleted("/", "e"), 12, "00000001 2f 00000001 65");
        var binding = new Binding("/", "e", "q", true, "k", Map.of());
        var layout = "00000001 2f 00000001 65 00000001 71 01 00000001 6b 00000000";
        assertLayout(new CatalogEntry.Bound(binding), 13, layout);
        assertLayout(new CatalogEntry.Unbound(binding), 14, layout);
    }

    private static void assertLayout(CatalogEntry entry, int kind, String hex) {
        var bytes = HexFormat.of().parseHex(hex.replace(" ", ""));
        var into = ByteBuffer.allocate(CatalogCodec.bytesMax(entry));
        CatalogCodec.encode(entry, into);
        assertThat(CatalogCodec.kind(entry)).isEqualTo(kind);
        assertThat(HexFormat.of().formatHex(into.array(), 0, into.position()))
                .isEqualTo(HexFormat.of().formatHex(bytes));
        assertThat(CatalogCodec.decode(kind, ByteBuffer.wrap(bytes))).isEqualTo(entry);
    }
}
