package io.sluice.dialect.kafka.group;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.broker.CatalogChange;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.message.ConsumerGroupDescribeRequestData;
import org.apache.kafka.common.message.DeleteGroupsRequestData;
import org.apache.kafka.common.message.DescribeGroupsRequestData;
import org.apache.kafka.common.message.DescribeGroupsResponseData.DescribedGroup;
import org.apache.kafka.common.message.ListGroupsRequestData;
import org.apache.kafka.common.message.ListGroupsResponseData.ListedGroup;
import org.apache.kafka.common.message.SyncGroupRequestData;
import org.apache.kafka.common.protocol.Errors;
import org.apache.kafka.common.requests.ConsumerGroupDescribeRequest;
import org.apache.kafka.common.requests.ConsumerGroupDescribeResponse;
import org.apache.kafka.common.requests.DeleteGroupsRequest;
import org.apache.kafka.common.requests.DeleteGroupsResponse;
import org.apache.kafka.common.requests.DescribeGroupsRequest;
import org.apache.kafka.common.requests.DescribeGroupsResponse;
import org.apache.kafka.common.requests.ListGroupsRequest;
import org.apache.kafka.common.requests.ListGroupsResponse;
import org.apache.kafka.common.requests.SyncGroupRequest;
import org.apache.kafka.common.requests.SyncGroupResponse;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Joining, staying, leaving; and what others see of it.
class MembershipTest {
    private static final String GROUP = "billing";

    private final GroupFixture groups = new GroupFixture();

    @AfterEach
    void close() {
        groups.close();
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 3, 4, 5, 6, 7, 8, 9})
    void theFirstMemberLeadsAndKeepsItsAssignmentInEveryVersion(int version) {
        loaded();
        var member = new ClassicMember(groups, GROUP).speaking(version);

        var joined = member.join();
        assertThat(Errors.forCode(joined.errorCode())).isEqualTo(Errors.NONE);
        assertThat(joined.leader()).isEqualTo(member.id());
        assertThat(joined.members()).hasSize(1);

        var synced = member.lead("all of it");
        assertThat(Errors.forCode(synced.errorCode())).isEqualTo(Errors.NONE);
        assertThat(new String(synced.assignment(), StandardCharsets.UTF_8)).isEqualTo("all of it");
        assertThat(member.heartbeat()).isEqualTo(Errors.NONE);
        assertThat(member.leave()).isEqualTo(Errors.NONE);
        assertThat(member.heartbeat()).isEqualTo(Errors.UNKNOWN_MEMBER_ID);
    }

    @Test
    void aSessionOutsideOfTheBoundsIsRefused() {
        loaded();

        for (int millis : new int[] {5_999, 1_800_001}) {
            var joined = new ClassicMember(groups, GROUP).withSessionMillis(millis).join();
            assertThat(Errors.forCode(joined.errorCode()))
                    .isEqualTo(Errors.INVALID_SESSION_TIMEOUT);
        }
    }

    @Test
    void aGroupWithoutANameIsRefused() {
        loaded();

        assertThat(Errors.forCode(new ClassicMember(groups, "").join().errorCode()))
                .isEqualTo(Errors.INVALID_GROUP_ID);
    }

    @Test
    void aSyncThatDoesNotSayItsProtocolIsRefused() {
        var request =
                new SyncGroupRequestData().setGroupId(GROUP).setMemberId("m").setGenerationId(1);

        var answer = groups.ask(new SyncGroupRequest.Builder(request), 5, SyncGroupResponse.class);

        assertThat(answer.error()).isEqualTo(Errors.INCONSISTENT_GROUP_PROTOCOL);
    }

    @Test
    void aHeartbeatOfAnEarlierGenerationIsRefused() {
        loaded();
        var first = stableMember();
        var impostor = new ClassicMember(groups, GROUP);

        assertThat(impostor.heartbeat()).isEqualTo(Errors.UNKNOWN_MEMBER_ID);
        assertThat(first.heartbeat()).isEqualTo(Errors.NONE);
    }

    @Test
    void aMemberIsStillAMemberAfterARestart() {
        loaded();
        var member = stableMember();

        groups.restart();
        loaded();

        assertThat(member.heartbeat()).isEqualTo(Errors.NONE);
        assertThat(describe(GROUP).members()).hasSize(1);
    }

    @Test
    void aDescriptionShowsTheMembers() {
        loaded();
        var member = stableMember();

        var described = describe(GROUP);

        assertThat(described.groupState()).isEqualTo("Stable");
        assertThat(described.protocolType()).isEqualTo("consumer");
        assertThat(described.members())
                .singleElement()
                .satisfies(
                        it -> {
                            assertThat(it.memberId()).isEqualTo(member.id());
                            assertThat(it.clientHost()).isEqualTo("/127.0.0.1");
                        });
        // read, delete, describe, describe configs, alter configs
        assertThat(described.authorizedOperations()).isEqualTo(0b1101_0100_1000);
    }

    @Test
    void aGroupThatDoesNotExistIsDescribedAsDead() {
        loaded();

        assertThat(describe("nobody").groupState()).isEqualTo("Dead");
        assertThat(Errors.forCode(describe("nobody").errorCode()))
                .isEqualTo(Errors.GROUP_ID_NOT_FOUND);
    }

    @Test
    void listingGroupsWhereThereAreNoneCreatesNothing() {
        assertThat(list(new ListGroupsRequestData())).isEmpty();
        assertThat(groups.broker.catalog().topics()).isEmpty();
    }

    @Test
    void groupsAreListedByStateAndType() {
        loaded();
        stableMember();
        var other = new ClassicMember(groups, "other");
        other.join();
        other.lead("x");
        other.leave();

        assertThat(list(new ListGroupsRequestData()))
                .extracting(ListedGroup::groupId)
                .containsExactlyInAnyOrder(GROUP, "other");
        assertThat(list(new ListGroupsRequestData().setStatesFilter(List.of("Empty"))))
                .extracting(ListedGroup::groupId)
                .containsExactly("other");
        assertThat(list(new ListGroupsRequestData().setTypesFilter(List.of("consumer")))).isEmpty();
    }

    @Test
    void onlyAGroupWithoutMembersCanBeDeleted() {
        loaded();
        var member = stableMember();

        assertThat(delete()).isEqualTo(Errors.NON_EMPTY_GROUP);
        member.leave();
        assertThat(delete()).isEqualTo(Errors.NONE);
        assertThat(delete()).isEqualTo(Errors.GROUP_ID_NOT_FOUND);
    }

    @Test
    void aConsumerGroupsMemberIsGivenAllPartitionsAndMoreWhenTheTopicGrows() {
        var topic = groups.createTopic("orders", 2);
        loaded();
        var member = new ConsumerMember(groups, GROUP, "orders");

        assertThat(GroupFixture.until(() -> owned(member), List.of(0, 1)::equals)).hasSize(2);

        groups.change(new CatalogChange.GrowTopic(topic.id(), 4));

        assertThat(GroupFixture.until(() -> owned(member), List.of(0, 1, 2, 3)::equals)).hasSize(4);
    }

    @Test
    void twoMembersOfAConsumerGroupShareThePartitions() {
        groups.createTopic("orders", 4);
        loaded();
        var one = new ConsumerMember(groups, GROUP, "orders");
        GroupFixture.until(() -> owned(one), List.of(0, 1, 2, 3)::equals);
        var other = new ConsumerMember(groups, GROUP, "orders");

        GroupFixture.until(
                () -> List.of(owned(one).size(), owned(other).size()), List.of(2, 2)::equals);

        assertThat(one.owned()).doesNotContainAnyElementsOf(other.owned());
    }

    @Test
    void aConsumerGroupIsStillThereAfterARestart() {
        groups.createTopic("orders", 2);
        loaded();
        var member = new ConsumerMember(groups, GROUP, "orders");
        GroupFixture.until(() -> owned(member), List.of(0, 1)::equals);

        groups.restart();
        loaded();

        assertThat(Errors.forCode(member.heartbeat().errorCode())).isEqualTo(Errors.NONE);
        assertThat(member.owned()).containsExactly(0, 1);
    }

    @Test
    void aGroupsOwnSettingsCountForItsMembers() {
        groups.createTopic("orders", 2);
        loaded();
        var member = new ConsumerMember(groups, GROUP, "orders");
        assertThat(member.heartbeat().heartbeatIntervalMs()).isEqualTo(5000);

        groups.change(
                new CatalogChange.Configure(
                        "group", GROUP, Map.of("consumer.heartbeat.interval.ms", "7000")));

        GroupFixture.until(member::heartbeat, answer -> answer.heartbeatIntervalMs() == 7000);

        groups.change(new CatalogChange.Configure("group", GROUP, Map.of()));

        GroupFixture.until(member::heartbeat, answer -> answer.heartbeatIntervalMs() == 5000);
    }

    @Test
    void aConsumerGroupIsDescribedWithItsMembers() {
        groups.createTopic("orders", 2);
        loaded();
        var member = new ConsumerMember(groups, GROUP, "orders");
        member.heartbeat();

        var described =
                groups.ask(
                                new ConsumerGroupDescribeRequest.Builder(
                                        new ConsumerGroupDescribeRequestData()
                                                .setGroupIds(List.of(GROUP))
                                                .setIncludeAuthorizedOperations(true)),
                                1,
                                ConsumerGroupDescribeResponse.class)
                        .data()
                        .groups()
                        .getFirst();

        assertThat(described.members())
                .singleElement()
                .satisfies(
                        it -> {
                            assertThat(it.memberId()).isEqualTo(member.id());
                            assertThat(it.subscribedTopicNames()).containsExactly("orders");
                        });
        assertThat(list(new ListGroupsRequestData().setTypesFilter(List.of("consumer"))))
                .extracting(ListedGroup::groupType)
                .containsExactly("consumer");
    }

    @Test
    void afterTheEndClientsAreToldToLookElsewhere() {
        loaded();
        var member = stableMember();

        groups.stopCoordination();

        assertThat(member.heartbeat()).isEqualTo(Errors.COORDINATOR_NOT_AVAILABLE);
    }

    private ClassicMember stableMember() {
        var member = new ClassicMember(groups, GROUP);
        member.join();
        member.lead("all of it");
        return member;
    }

    /// Waits until groups are loaded. A heartbeat would not tell: it is welcome as long as nobody knows better.
    private void loaded() {
        GroupFixture.until(
                () -> Errors.forCode(describe(GROUP).errorCode()),
                error -> error == Errors.NONE || error == Errors.GROUP_ID_NOT_FOUND);
    }

    private DescribedGroup describe(String group) {
        return groups.ask(
                        new DescribeGroupsRequest.Builder(
                                new DescribeGroupsRequestData()
                                        .setGroups(List.of(group))
                                        .setIncludeAuthorizedOperations(true)),
                        6,
                        DescribeGroupsResponse.class)
                .data()
                .groups()
                .getFirst();
    }

    private List<ListedGroup> list(ListGroupsRequestData request) {
        return groups.ask(new ListGroupsRequest.Builder(request), 5, ListGroupsResponse.class)
                .data()
                .groups();
    }

    private Errors delete() {
        return groups.ask(
                        new DeleteGroupsRequest.Builder(
                                new DeleteGroupsRequestData().setGroupsNames(List.of(GROUP))),
                        2,
                        DeleteGroupsResponse.class)
                .get(GROUP);
    }

    private static List<Integer> owned(ConsumerMember member) {
        member.heartbeat();
        return member.owned();
    }
}
