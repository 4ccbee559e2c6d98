package io.sluice.dialect.kafka.share;

import io.sluice.broker.PartitionId;
import io.sluice.broker.queue.Queues;
import io.sluice.broker.queue.Settlement;
import io.sluice.dialect.kafka.Request;
import io.sluice.dialect.kafka.TopicIds;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.message.ShareFetchRequestData;
import org.apache.kafka.common.protocol.Errors;
import org.apache.kafka.common.requests.ShareRequestMetadata;
import org.jspecify.annotations.Nullable;

/// The share sessions of one connection, mostly one.
///
/// A session ends with its connection, and all that it holds goes back: whoever comes back over a new one is told SHARE_SESSION_NOT_FOUND and begins
/// anew, as all clients do. So sessions need neither a cache nor a lock.
final class ShareSessions implements Request.Attachment {
    private static final int SESSIONS_MAX = 100;
    private static final int WANTED_MAX = 100_000;

    private final Queues queues;
    private final Map<ShareSession.Key, ShareSession> sessions = new HashMap<>(2);

    ShareSessions(Queues queues) {
        this.queues = queues;
    }

    /// Which session a request is about.
    sealed interface Selection {
        /// @param begins whether it is new
        /// @param ends whether this is its last request
        record Chosen(ShareSession session, boolean begins, boolean ends) implements Selection {}

        record Refused(Errors error) implements Selection {}
    }

    Selection ofFetch(ShareFetchRequestData request) {
        var key = key(request.groupId(), request.memberId());
        if (key == null) {
            return new Selection.Refused(Errors.INVALID_REQUEST);
        }
        if (request.shareSessionEpoch() != ShareRequestMetadata.INITIAL_EPOCH) {
            return choose(key, request.shareSessionEpoch());
        }
        var before = sessions.remove(key);
        if (before != null) {
            giveBack(before);
        }
        if (acknowledges(request)) {
            return new Selection.Refused(Errors.INVALID_REQUEST);
        }
        if (sessions.size() >= SESSIONS_MAX) {
            return new Selection.Refused(Errors.SHARE_SESSION_LIMIT_REACHED);
        }
        var session = new ShareSession(key, queues.nextConsumerId());
        sessions.put(key, session);
        return new Selection.Chosen(session, true, false);
    }

    Selection ofAcknowledge(@Nullable String group, @Nullable String member, int epoch) {
        var key = key(group, member);
        if (key == null) {
            return new Selection.Refused(Errors.INVALID_REQUEST);
        }
        return epoch == ShareRequestMetadata.INITIAL_EPOCH
                ? new Selection.Refused(Errors.INVALID_SHARE_SESSION_EPOCH)
                : choose(key, epoch);
    }

    private static ShareSession.@Nullable Key key(@Nullable String group, @Nullable String member) {
        return group == null || group.isEmpty() || member == null || member.isEmpty()
                ? null
                : new ShareSession.Key(group, member);
    }

    private static boolean acknowledges(ShareFetchRequestData request) {
        return request.topics().stream()
                .flatMap(topic -> topic.partitions().stream())
                .anyMatch(partition -> !partition.acknowledgementBatches().isEmpty());
    }

    private Selection choose(ShareSession.Key key, int epoch) {
        var session = sessions.get(key);
        if (session == null) {
            return new Selection.Refused(Errors.SHARE_SESSION_NOT_FOUND);
        }
        if (epoch == ShareRequestMetadata.FINAL_EPOCH) {
            return new Selection.Chosen(session, false, true);
        }
        if (epoch != session.nextEpoch()) {
            return new Selection.Refused(Errors.INVALID_SHARE_SESSION_EPOCH);
        }
        session.advance();
        return new Selection.Chosen(session, false, false);
    }

    /// Takes over what a fetch adds to its session, and what it takes away.
    ///
    /// @return false when it wants too much
    static boolean update(ShareSession session, ShareFetchRequestData request) {
        for (var topic : request.topics()) {
            for (var partition : topic.partitions()) {
                session.want(
                        new PartitionId(
                                TopicIds.java(topic.topicId()), partition.partitionIndex()));
            }
        }
        for (var topic : request.forgottenTopicsData()) {
            for (var partition : topic.partitions()) {
                session.forget(new PartitionId(TopicIds.java(topic.topicId()), partition));
            }
        }
        return session.size() <= WANTED_MAX;
    }

    /// The member goes: what it holds goes back, and it was no try at it.
    void end(ShareSession session) {
        sessions.remove(session.key(), session);
        giveBack(session);
    }

    private void giveBack(ShareSession session) {
        for (var holding : session.holdings()) {
            if (!holding.offsets().isEmpty()) {
                queues.settle(
                        holding.part(),
                        new Settlement(
                                session.owner(), holding.offsets().all(), Settlement.UNTOUCHED));
            }
            // What it was handed a moment ago, and has not heard of yet.
            queues.release(holding.part(), session.owner());
        }
        session.end();
    }

    /// Whether that was a try at what it holds, the queue's retry policy says.
    @Override
    public void detached() {
        for (var session : List.copyOf(sessions.values())) {
            session.holdings().forEach(holding -> queues.release(holding.part(), session.owner()));
            session.end();
        }
        sessions.clear();
    }
}
