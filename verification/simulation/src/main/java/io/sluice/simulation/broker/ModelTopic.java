package io.sluice.simulation.broker;

import io.sluice.broker.PartitionId;
import io.sluice.simulation.InvariantBroken;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;

/// A topic as its creator was told about it.
final class ModelTopic {
    /// How far its life got.
    enum State {
        CREATING,
        LIVE,
        DELETING,
        GONE
    }

    private final UUID id;
    private final String name;
    private final List<ModelPartition> partitions;
    private State state = State.CREATING;

    ModelTopic(UUID id, String name, int partitions, boolean compacted) {
        this.id = id;
        this.name = name;
        this.partitions =
                IntStream.range(0, partitions)
                        .mapToObj(index -> new ModelPartition(name + "-" + index, compacted))
                        .toList();
    }

    UUID id() {
        return id;
    }

    String name() {
        return name;
    }

    PartitionId partition(int index) {
        return new PartitionId(id, index);
    }

    List<ModelPartition> partitions() {
        return partitions;
    }

    boolean isLive() {
        return state == State.LIVE;
    }

    void become(State next) {
        state = next;
    }

    /// After a restart: whether the topic is there must agree with what was acknowledged, and settles what was not.
    void rebooted(boolean exists) {
        switch (state) {
            case CREATING, DELETING -> state = exists ? State.LIVE : State.GONE;
            case LIVE -> {
                if (!exists) {
                    throw new InvariantBroken("NoAcknowledgedTopicIsLost", name);
                }
            }
            case GONE -> {
                if (exists) {
                    throw new InvariantBroken("ADeletedTopicStaysDeleted", name);
                }
            }
        }
    }
}
