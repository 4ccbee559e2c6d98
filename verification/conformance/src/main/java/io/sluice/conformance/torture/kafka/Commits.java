package io.sluice.conformance.torture.kafka;

import io.sluice.conformance.torture.Invariant;
import io.sluice.conformance.torture.Violation;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;

/// Which offsets the broker has acknowledged as committed, by group and partition.
final class Commits {
    private final Map<String, Map<TopicPartition, Long>> told = new ConcurrentHashMap<>();

    /// The broker has acknowledged that `group` committed `offset`.
    void acknowledge(String group, TopicPartition partition, long offset) {
        var _ =
                told.computeIfAbsent(group, _ -> new ConcurrentHashMap<>())
                        .merge(partition, offset, Math::max);
    }

    long greatestSum() {
        return told.values().stream()
                .flatMap(one -> one.values().stream())
                .mapToLong(Long::longValue)
                .sum();
    }

    /// @throws Violation if the broker remembers less than it acknowledged
    void verify(Admin admin) throws ExecutionException, InterruptedException {
        for (var group : told.entrySet()) {
            var before = Map.copyOf(group.getValue());
            var now =
                    admin.listConsumerGroupOffsets(group.getKey())
                            .partitionsToOffsetAndMetadata()
                            .get();
            for (var promise : before.entrySet()) {
                check(group.getKey(), promise.getKey(), promise.getValue(), now);
            }
        }
    }

    private static void check(
            String group,
            TopicPartition partition,
            long promised,
            Map<TopicPartition, OffsetAndMetadata> now) {
        var committed = now.get(partition);
        if (committed == null || committed.offset() < promised) {
            throw new Violation(
                    Invariant.COMMITTED_OFFSETS_NEVER_GO_BACK,
                    group
                            + " in "
                            + partition
                            + ": "
                            + promised
                            + " was acknowledged, now it is "
                            + committed);
        }
    }
}
