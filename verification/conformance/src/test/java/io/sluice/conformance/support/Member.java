package io.sluice.conformance.support;

import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.CloseOptions.GroupMembershipOperation;
import org.apache.kafka.clients.consumer.ConsumerRebalanceListener;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.RebalanceInProgressException;
import org.apache.kafka.common.errors.WakeupException;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.jspecify.annotations.Nullable;

/// One member of a consumer group on a thread of its own: polls, remembers what came, commits after each poll.
///
/// The consumer belongs to the thread; everybody else sees snapshots.
public final class Member implements AutoCloseable {
    private final KafkaConsumer<String, String> consumer;
    private final Thread thread;
    private final List<ConsumerRecord<String, String>> received = new CopyOnWriteArrayList<>();
    private final AtomicInteger revocations = new AtomicInteger();
    private volatile Set<TopicPartition> assignment = Set.of();
    private volatile GroupMembershipOperation farewell = GroupMembershipOperation.DEFAULT;
    private volatile boolean leaving;
    private volatile @Nullable Throwable failure;

    private Member(KafkaConsumer<String, String> consumer, String topic) {
        this.consumer = consumer;
        this.thread =
                Thread.ofPlatform().name("member-of-" + topic).daemon().unstarted(() -> run(topic));
    }

    /// A member that has begun to join `group`.
    public static Member joining(
            Clients clients, String group, String topic, Map<String, ?> settings) {
        var all = clients.consumerSettings(settings);
        all.put("group.id", group);
        var deserializer = new StringDeserializer();
        var member = new Member(new KafkaConsumer<>(all, deserializer, deserializer), topic);
        member.thread.start();
        return clients.closing(member);
    }

    public Set<TopicPartition> assignment() {
        throwIfFailed();
        return assignment;
    }

    public List<ConsumerRecord<String, String>> received() {
        throwIfFailed();
        return received;
    }

    public List<String> receivedValues() {
        return received().stream().map(ConsumerRecord::value).toList();
    }

    /// How many partitions have been taken away from this member so far.
    public int revocations() {
        return revocations.get();
    }

    /// Leaves the group, as a consumer that is closed does.
    public void leave() {
        stop(GroupMembershipOperation.DEFAULT);
    }

    /// Falls silent without a word to the group, as a crashed process does.
    public void vanish() {
        stop(GroupMembershipOperation.REMAIN_IN_GROUP);
    }

    @Override
    public void close() {
        leave();
    }

    private void throwIfFailed() {
        var failed = failure;
        if (failed != null) {
            throw new AssertionError("the member failed", failed);
        }
    }

    private void stop(GroupMembershipOperation how) {
        if (!leaving) {
            farewell = how;
            leaving = true;
            consumer.wakeup();
        }
        try {
            thread.join(Duration.ofSeconds(30));
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private void run(String topic) {
        try {
            consumer.subscribe(List.of(topic), new Rebalances());
            while (!leaving) {
                var records = consumer.poll(Duration.ofMillis(100));
                records.forEach(received::add);
                if (!records.isEmpty()) {
                    commit();
                }
                assignment = Set.copyOf(consumer.assignment());
            }
        } catch (WakeupException stopped) {
            // Asked to leave in the middle of a call.
        } catch (RuntimeException failed) {
            failure = failed;
        } finally {
            assignment = Set.of();
            consumer.close(
                    CloseOptions.timeout(Duration.ofSeconds(5))
                            .withGroupMembershipOperation(farewell));
        }
    }

    private void commit() {
        try {
            consumer.commitSync();
        } catch (RebalanceInProgressException later) {
            // The next commit, or the one on revocation, covers these records too.
        }
    }

    private final class Rebalances implements ConsumerRebalanceListener {
        @Override
        public void onPartitionsRevoked(Collection<TopicPartition> partitions) {
            // So that whoever gets these partitions starts behind what this member was given.
            consumer.commitSync();
            if (!leaving) {
                revocations.addAndGet(partitions.size());
            }
        }

        @Override
        public void onPartitionsLost(Collection<TopicPartition> partitions) {
            // Somebody else has them already: too late for a commit.
        }

        @Override
        public void onPartitionsAssigned(Collection<TopicPartition> partitions) {}
    }
}
