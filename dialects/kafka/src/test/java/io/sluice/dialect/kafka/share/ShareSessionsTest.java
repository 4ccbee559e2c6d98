package io.sluice.dialect.kafka.share;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.broker.PartitionId;
import io.sluice.broker.queue.Settlement;
import io.sluice.dialect.kafka.TopicIds;
import io.sluice.dialect.kafka.share.ShareSessions.Selection;
import java.util.List;
import org.apache.kafka.common.message.ShareFetchRequestData;
import org.apache.kafka.common.message.ShareFetchRequestData.AcknowledgementBatch;
import org.apache.kafka.common.message.ShareFetchRequestData.FetchPartition;
import org.apache.kafka.common.message.ShareFetchRequestData.FetchTopic;
import org.apache.kafka.common.message.ShareFetchRequestData.ForgottenTopic;
import org.apache.kafka.common.protocol.Errors;
import org.junit.jupiter.api.Test;

/// The life of a share session: begun by epoch 0, counted on, ended by epoch -1 or with its connection.
class ShareSessionsTest {
    private final PartsFake parts = new PartsFake();
    private final ShareSessions sessions = new ShareSessions(parts);

    @Test
    void epochsCountOnFromTheFirst() {
        var session = begin();

        assertThat(sessions.ofFetch(fetch(1))).isEqualTo(goesOn(session));
        assertThat(sessions.ofFetch(fetch(2))).isEqualTo(goesOn(session));
        assertThat(sessions.ofAcknowledge("g", "m", 3)).isEqualTo(goesOn(session));
        assertThat(sessions.ofFetch(fetch(4))).isEqualTo(goesOn(session));
    }

    @Test
    void anotherEpochThanTheNextIsRefusedAndChangesNothing() {
        var session = begin();

        for (int wrong : List.of(2, 7, -2)) {
            assertThat(sessions.ofFetch(fetch(wrong)))
                    .isEqualTo(new Selection.Refused(Errors.INVALID_SHARE_SESSION_EPOCH));
            assertThat(sessions.ofAcknowledge("g", "m", wrong))
                    .isEqualTo(new Selection.Refused(Errors.INVALID_SHARE_SESSION_EPOCH));
        }

        assertThat(sessions.ofFetch(fetch(1))).isEqualTo(goesOn(session));
    }

    @Test
    void whoNeverBeganHasNoSession() {
        assertThat(sessions.ofFetch(fetch(1)))
                .isEqualTo(new Selection.Refused(Errors.SHARE_SESSION_NOT_FOUND));
        assertThat(sessions.ofFetch(fetch(-1)))
                .isEqualTo(new Selection.Refused(Errors.SHARE_SESSION_NOT_FOUND));
        assertThat(sessions.ofAcknowledge("g", "m", 1))
                .isEqualTo(new Selection.Refused(Errors.SHARE_SESSION_NOT_FOUND));
        assertThat(sessions.ofAcknowledge("g", "m", 0))
                .isEqualTo(new Selection.Refused(Errors.INVALID_SHARE_SESSION_EPOCH));
    }

    @Test
    void whoSaysNeitherGroupNorMemberIsRefused() {
        assertThat(sessions.ofFetch(fetch(0).setMemberId(null)))
                .isEqualTo(new Selection.Refused(Errors.INVALID_REQUEST));
        assertThat(sessions.ofAcknowledge("", "m", 1))
                .isEqualTo(new Selection.Refused(Errors.INVALID_REQUEST));
    }

    @Test
    void whoBeginsHasNothingToAcknowledge() {
        var request = fetch(0);
        request.topics()
                .find(TopicIds.kafka(PartsFake.TOPIC))
                .partitions()
                .find(0)
                .acknowledgementBatches()
                .add(new AcknowledgementBatch().setAcknowledgeTypes(List.of((byte) 1)));

        assertThat(sessions.ofFetch(request))
                .isEqualTo(new Selection.Refused(Errors.INVALID_REQUEST));
    }

    @Test
    void theLastRequestIsToldApart() {
        var session = begin();

        assertThat(sessions.ofAcknowledge("g", "m", -1))
                .isEqualTo(new Selection.Chosen(session, false, true));
        sessions.end(session);

        assertThat(sessions.ofFetch(fetch(1)))
                .isEqualTo(new Selection.Refused(Errors.SHARE_SESSION_NOT_FOUND));
    }

    @Test
    void membersHaveSessionsOfTheirOwn() {
        var mine = begin();
        var other = sessions.ofFetch(fetch(0).setMemberId("other"));

        assertThat(other).isInstanceOf(Selection.Chosen.class).isNotEqualTo(goesOn(mine));
        assertThat(((Selection.Chosen) other).session().owner()).isNotEqualTo(mine.owner());
        assertThat(sessions.ofFetch(fetch(1))).isEqualTo(goesOn(mine));
    }

    @Test
    void partitionsAreAddedAndForgottenAndTheirTurnsGoRound() {
        var session = begin();
        assertThat(session.wanted()).containsExactly(id(0), id(1), id(2));

        session.hadItsTurn(id(0));
        assertThat(session.wanted()).containsExactly(id(1), id(2), id(0));
        var request = new ShareFetchRequestData();
        request.forgottenTopicsData()
                .add(
                        new ForgottenTopic()
                                .setTopicId(TopicIds.kafka(PartsFake.TOPIC))
                                .setPartitions(List.of(2)));
        assertThat(ShareSessions.update(session, request)).isTrue();

        assertThat(session.wanted()).containsExactly(id(1), id(0));
    }

    @Test
    void whoEndsGivesBackWhatItHoldsUncounted() {
        var session = begin();
        hold(session, 5, 6);

        sessions.end(session);

        assertThat(parts.settlements)
                .singleElement()
                .satisfies(
                        settlement -> {
                            assertThat(settlement.outcome()).isEqualTo(Settlement.UNTOUCHED);
                            assertThat(settlement.offsets()).containsExactly(5, 6);
                        });
        assertThat(parts.ready.get(PartsFake.part(0))).containsExactly(5L, 6L);
        assertThat(session.hasEnded()).isTrue();
    }

    @Test
    void whoBeginsAnewGivesBackWhatItHeld() {
        hold(begin(), 5);

        var again = begin();

        assertThat(parts.ready.get(PartsFake.part(0))).containsExactly(5L);
        assertThat(again.held(id(0)).isEmpty()).isTrue();
    }

    /// Whether that counts is the queue's policy, so the queue is told of it in other words.
    @Test
    void withTheConnectionAllIsReleased() {
        hold(begin(), 5);

        sessions.detached();

        assertThat(parts.settlements).isEmpty();
        assertThat(parts.released).containsExactly(PartsFake.part(0));
        assertThat(parts.ready.get(PartsFake.part(0))).containsExactly(5L);
    }

    private void hold(ShareSession session, long... offsets) {
        var part = PartsFake.part(0);
        parts.publish(part, offsets);
        session.asks(part);
        var found =
                new Receiving(parts, new Limits(session.owner(), 10, 1_000, 1_000, 0))
                        .from(List.of(part))
                        .join();
        found.forEach(
                delivery -> session.held(id(0)).add(delivery.firstOffset(), delivery.lastOffset()));
        assertThat(found).hasSize(offsets.length);
    }

    private ShareSession begin() {
        var request = fetch(0);
        var chosen = (Selection.Chosen) sessions.ofFetch(request);
        assertThat(chosen.begins()).isTrue();
        assertThat(ShareSessions.update(chosen.session(), request)).isTrue();
        return chosen.session();
    }

    private static Selection goesOn(ShareSession session) {
        return new Selection.Chosen(session, false, false);
    }

    private static PartitionId id(int index) {
        return new PartitionId(PartsFake.TOPIC, index);
    }

    private static ShareFetchRequestData fetch(int epoch) {
        var request =
                new ShareFetchRequestData()
                        .setGroupId("g")
                        .setMemberId("m")
                        .setShareSessionEpoch(epoch);
        var topic = new FetchTopic().setTopicId(TopicIds.kafka(PartsFake.TOPIC));
        for (int index = 0; index < 3; index++) {
            topic.partitions().add(new FetchPartition().setPartitionIndex(index));
        }
        request.topics().add(topic);
        return request;
    }
}
