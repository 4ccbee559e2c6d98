package io.sluice.transport;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.sluice.base.Host;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
final class LoopThreadTest {
    private final EventLoopGroup loops =
            new MultiThreadIoEventLoopGroup(
                    1, LoopThread.factory(this::loops), NioIoHandler.newFactory());
    private final List<String> seen = new ArrayList<>();

    private EventLoopGroup loops() {
        return loops;
    }

    @AfterEach
    void end() {
        loops.shutdownGracefully(0, 5, TimeUnit.SECONDS).awaitUninterruptibly(10, TimeUnit.SECONDS);
    }

    @Test
    void guestsComeBehindTheTasks() {
        onLoop(
                () -> {
                    host().afterwards(() -> seen.add("guest"));
                    loops.execute(() -> seen.add("task"));
                    return seen.add("caller");
                });

        assertThat(seenInTheEnd()).containsExactly("caller", "task", "guest");
    }

    @Test
    void aGuestThatIsInvitedTwiceComesOnce() {
        Runnable guest = () -> seen.add("guest");
        onLoop(
                () -> {
                    var host = host();
                    for (int i = 0; i < 2; i++) {
                        host.afterwards(guest);
                    }
                    return true;
                });

        assertThat(seenInTheEnd()).containsExactly("guest");
    }

    @Test
    void allGuestsComeHoweverManyThereAre() {
        onLoop(
                () -> {
                    for (int i = 0; i < 20; i++) {
                        int number = i;
                        host().afterwards(() -> seen.add("guest " + number));
                    }
                    return true;
                });

        assertThat(seenInTheEnd()).hasSize(20);
    }

    @Test
    void othersMayInviteToo() {
        var host = onLoop(LoopThreadTest::host);
        onLoop(() -> host.afterwards(() -> {}));

        assertThat(host.afterwards(() -> seen.add(Thread.currentThread().getName()))).isTrue();

        assertThat(seenInTheEnd()).containsExactly(((Thread) host).getName());
    }

    @Test
    void guestsThatInviteEachOtherForEverLeaveRoomForTasks() {
        var ended = new CompletableFuture<Void>();
        onLoop(() -> host().afterwards(new Bore(ended)));

        onLoop(() -> ended.complete(null));

        assertThat(ended).isDone();
    }

    @Test
    void whatAGuestSaysIsNotTheLoopsOwnWork() {
        var hosting = new CompletableFuture<Boolean>();
        onLoop(() -> host().afterwards(() -> hosting.complete(LoopThread.isHosting())));

        assertThat(await(hosting)).isTrue();
        assertThat(onLoop(LoopThread::isHosting)).isFalse();
        assertThat(LoopThread.isHosting()).isFalse();
    }

    @Test
    void aGuestThatFailsIsTheLastOneOfNobody() {
        onLoop(
                () ->
                        host().afterwards(
                                                () -> {
                                                    throw new IllegalStateException("on purpose");
                                                })
                                && host().afterwards(() -> seen.add("next")));

        assertThat(seenInTheEnd()).containsExactly("next");
        assertThat(onLoop(LoopThread::isHosting)).isFalse();
    }

    @Test
    void aLoopThatHasEndedTakesNobody() {
        var host = onLoop(LoopThreadTest::host);
        end();

        assertThat(host.afterwards(() -> {})).isFalse();
    }

    @Test
    void whoIsNoLoopIsNoHost() {
        assertThat(Host.current()).isNull();
    }

    /// Comes again as soon as it has left, until it is told to stop.
    private record Bore(CompletableFuture<Void> ended) implements Runnable {
        @Override
        public void run() {
            if (!ended.isDone()) {
                host().afterwards(this);
            }
        }
    }

    private static Host host() {
        var host = Host.current();
        assert host != null : "a loop's thread is a host";
        return host;
    }

    private <T> T onLoop(Supplier<T> what) {
        return await(CompletableFuture.supplyAsync(what, loops));
    }

    /// What was seen before a guest that comes last.
    private List<String> seenInTheEnd() {
        var end = new CompletableFuture<List<String>>();
        onLoop(() -> host().afterwards(() -> end.complete(List.copyOf(seen))));
        return await(end);
    }

    /// Other than joining, this ends with the test's time.
    private static <T> T await(CompletableFuture<T> end) {
        try {
            return end.get();
        } catch (InterruptedException | ExecutionException e) {
            throw new IllegalStateException(e);
        }
    }
}
