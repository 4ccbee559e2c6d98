package io.sluice.dialect.kafka.group;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.base.Clock;
import io.sluice.broker.BrokerError;
import io.sluice.broker.Catalog;
import io.sluice.broker.CatalogChange;
import io.sluice.broker.Reply;
import io.sluice.broker.Topic;
import io.sluice.dialect.kafka.Exchange;
import io.sluice.dialect.kafka.MemoryBroker;
import io.sluice.dialect.kafka.TopicIds;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.apache.kafka.common.requests.AbstractRequest;
import org.apache.kafka.common.requests.AbstractResponse;

/// Groups over a broker in memory, asked through the bytes of requests and responses.
final class GroupFixture implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    final MemoryBroker memory = new MemoryBroker();
    final FaultyBroker broker = new FaultyBroker(memory);

    private final TestThread thread = new TestThread();
    private GroupCoordination groups;
    private Exchange exchange;

    GroupFixture() {
        groups = coordination();
        exchange = new Exchange(GroupApis.all(broker, groups));
    }

    private GroupCoordination coordination() {
        return new GroupCoordination(
                broker,
                Clock.system(),
                GroupSettings.DEFAULT.withInitialRebalanceDelayMillis(0),
                thread);
    }

    /// As after a restart of the process: nothing is remembered but what the broker stored.
    void restart() {
        groups.close();
        groups = coordination();
        exchange = new Exchange(GroupApis.all(broker, groups));
    }

    void stopCoordination() {
        groups.close();
    }

    Topic createTopic(String name, int partitions) {
        return change(new CatalogChange.CreateTopic(TopicIds.random(), name, partitions, Map.of()))
                .topic(name)
                .orElseThrow();
    }

    Catalog change(CatalogChange change) {
        var done = new CompletableFuture<Catalog>();
        broker.change(
                change,
                new Reply<>() {
                    @Override
                    public void done(Catalog catalog) {
                        done.complete(catalog);
                    }

                    @Override
                    public void refused(BrokerError error) {
                        done.completeExceptionally(new AssertionError(error.message()));
                    }
                });
        return done.join();
    }

    <T extends AbstractResponse> T ask(
            AbstractRequest.Builder<?> request, int version, Class<T> type) {
        return exchange.ask(request.build((short) version), type);
    }

    /// Asks again, as clients do, until the answer is `wanted`.
    static <T> T until(Supplier<T> ask, Predicate<T> wanted) {
        var deadline = System.nanoTime() + PATIENCE.toNanos();
        var answer = ask.get();
        while (!wanted.test(answer)) {
            assertThat(System.nanoTime()).as("still answered %s", answer).isLessThan(deadline);
            LockSupport.parkNanos(Duration.ofMillis(5).toNanos());
            answer = ask.get();
        }
        return answer;
    }

    @Override
    public void close() {
        groups.close();
        thread.close();
        memory.close();
    }
}
