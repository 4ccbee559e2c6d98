package io.sluice.dialect.kafka.data;

import io.sluice.dialect.kafka.Request;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.common.message.FetchRequestData;
import org.apache.kafka.common.protocol.Errors;
import org.apache.kafka.common.requests.FetchMetadata;
import org.jspecify.annotations.Nullable;

/// One connection's fetch session, if it has one.
///
/// A session ends with its connection: a client that comes back over a new one is told FETCH_SESSION_ID_NOT_FOUND and begins
/// anew, as all clients do after losing a connection anyway. So sessions need neither a cache nor a lock.
final class FetchSessions implements Request.Attachment {
    private final Room room;
    private @Nullable FetchSession session;
    private int taken;

    /// What all sessions of the process may hold together. Used by all loops.
    static final class Room {
        private static final int INTERESTS_MAX = 1_000_000;

        private final AtomicInteger interests = new AtomicInteger();
        private final AtomicInteger ids = new AtomicInteger();

        int nextId() {
            return ids.updateAndGet(last -> last == Integer.MAX_VALUE ? 1 : last + 1);
        }

        boolean take(int more) {
            if (interests.addAndGet(more) <= INTERESTS_MAX) {
                return true;
            }
            interests.addAndGet(-more);
            return false;
        }

        /// Interests that are held now.
        int held() {
            return interests.get();
        }
    }

    /// What a request asks for, with its session.
    sealed interface Selection {
        /// @param session null: every request stands for itself
        /// @param incremental whether to leave out partitions without news
        record Wanted(List<Interest> interests, @Nullable FetchSession session, boolean incremental)
                implements Selection {}

        record Refused(Errors error) implements Selection {}
    }

    FetchSessions(Room room) {
        this.room = room;
    }

    /// @param byId whether this request's version names topics by id
    Selection select(FetchRequestData request, boolean byId) {
        var epoch = request.sessionEpoch();
        if (epoch == FetchMetadata.INITIAL_EPOCH || epoch == FetchMetadata.FINAL_EPOCH) {
            end();
            var interests = listed(request, byId);
            return new Selection.Wanted(
                    interests,
                    epoch == FetchMetadata.INITIAL_EPOCH ? begin(interests, byId) : null,
                    false);
        }
        var known = session;
        if (known == null || known.id() != request.sessionId()) {
            return new Selection.Refused(Errors.FETCH_SESSION_ID_NOT_FOUND);
        }
        if (known.nextEpoch() != epoch) {
            return new Selection.Refused(Errors.INVALID_FETCH_SESSION_EPOCH);
        }
        if (known.byId() != byId) {
            return new Selection.Refused(Errors.FETCH_SESSION_TOPIC_ID_ERROR);
        }
        known.update(request);
        if (known.size() == 0 || !holds(known.size())) {
            // Without a session the client names everything again, which asks nothing of us to
            // remember.
            end();
            return new Selection.Wanted(known.interests(), null, false);
        }
        return new Selection.Wanted(known.interests(), known, true);
    }

    private static List<Interest> listed(FetchRequestData request, boolean byId) {
        var interests = new ArrayList<Interest>();
        for (var topic : request.topics()) {
            for (var partition : topic.partitions()) {
                interests.add(new Interest(topic, partition, byId));
            }
        }
        return interests;
    }

    private @Nullable FetchSession begin(List<Interest> interests, boolean byId) {
        if (!interests.isEmpty() && holds(interests.size())) {
            session = new FetchSession(room.nextId(), byId, interests);
        }
        return session;
    }

    /// Makes what this session takes of the room `wanted`, if there is as much.
    private boolean holds(int wanted) {
        if (wanted > taken && !room.take(wanted - taken)) {
            return false;
        }
        if (wanted < taken) {
            room.take(wanted - taken);
        }
        taken = wanted;
        return true;
    }

    private void end() {
        session = null;
        holds(0);
    }

    @Override
    public void detached() {
        end();
    }
}
