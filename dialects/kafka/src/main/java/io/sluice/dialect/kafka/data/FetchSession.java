package io.sluice.dialect.kafka.data;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.message.FetchRequestData;

/// An incremental fetch session (KIP-227): the partitions that a client reads, so that it need not name them in every
/// request and is answered only about those with news.
///
/// Owned by its connection's loop.
final class FetchSession {
    private final int id;
    private final boolean byId;
    private final Map<Interest.Key, Interest> interests = new LinkedHashMap<>();
    private int nextEpoch = 1;

    /// @param byId whether the client names topics by id, which it does for the whole session or not at all
    FetchSession(int id, boolean byId, List<Interest> interests) {
        this.id = id;
        this.byId = byId;
        interests.forEach(interest -> this.interests.put(interest.key(), interest));
    }

    int id() {
        return id;
    }

    boolean byId() {
        return byId;
    }

    int nextEpoch() {
        return nextEpoch;
    }

    int size() {
        return interests.size();
    }

    /// Takes over what an incremental request changes, and counts it.
    void update(FetchRequestData request) {
        for (var topic : request.topics()) {
            for (var partition : topic.partitions()) {
                var fresh = new Interest(topic, partition, byId);
                var known = interests.putIfAbsent(fresh.key(), fresh);
                if (known != null) {
                    known.ask(partition);
                }
            }
        }
        for (var topic : request.forgottenTopicsData()) {
            for (var partition : topic.partitions()) {
                interests.remove(
                        new Interest.Key(
                                byId ? "" : topic.topic(),
                                byId ? topic.topicId() : Uuid.ZERO_UUID,
                                partition));
            }
        }
        // Zero begins a session and -1 ends one: after the largest number comes 1.
        nextEpoch = nextEpoch == Integer.MAX_VALUE ? 1 : nextEpoch + 1;
    }

    List<Interest> interests() {
        return new ArrayList<>(interests.values());
    }

    /// Puts a partition that had its turn behind all others, so that none starves when an answer is full.
    void hadItsTurn(Interest interest) {
        if (interests.remove(interest.key(), interest)) {
            interests.put(interest.key(), interest);
        }
    }
}
