package io.sluice.dialect.kafka.group;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerPartitionAssignor.Subscription;
import org.apache.kafka.clients.consumer.internals.ConsumerProtocol;
import org.apache.kafka.common.message.HeartbeatRequestData;
import org.apache.kafka.common.message.JoinGroupRequestData;
import org.apache.kafka.common.message.JoinGroupRequestData.JoinGroupRequestProtocol;
import org.apache.kafka.common.message.JoinGroupRequestData.JoinGroupRequestProtocolCollection;
import org.apache.kafka.common.message.JoinGroupResponseData;
import org.apache.kafka.common.message.LeaveGroupRequestData.MemberIdentity;
import org.apache.kafka.common.message.SyncGroupRequestData;
import org.apache.kafka.common.message.SyncGroupRequestData.SyncGroupRequestAssignment;
import org.apache.kafka.common.message.SyncGroupResponseData;
import org.apache.kafka.common.protocol.Errors;
import org.apache.kafka.common.requests.HeartbeatRequest;
import org.apache.kafka.common.requests.HeartbeatResponse;
import org.apache.kafka.common.requests.JoinGroupRequest;
import org.apache.kafka.common.requests.JoinGroupResponse;
import org.apache.kafka.common.requests.LeaveGroupRequest;
import org.apache.kafka.common.requests.LeaveGroupResponse;
import org.apache.kafka.common.requests.SyncGroupRequest;
import org.apache.kafka.common.requests.SyncGroupResponse;
import org.apache.kafka.common.utils.Utils;

/// A client of the classic protocol, which remembers what it was told.
final class ClassicMember {
    private final GroupFixture groups;
    private final String group;
    private int version = 9;
    private int sessionMillis = 10_000;
    private String id = "";
    private int generation = -1;

    ClassicMember(GroupFixture groups, String group) {
        this.groups = groups;
        this.group = group;
    }

    ClassicMember speaking(int joinVersion) {
        version = joinVersion;
        return this;
    }

    ClassicMember withSessionMillis(int millis) {
        sessionMillis = millis;
        return this;
    }

    String id() {
        return id;
    }

    int generation() {
        return generation;
    }

    /// Joins, again with the id that it was given if it was told to.
    JoinGroupResponseData join() {
        var answer = askToJoin();
        id = answer.memberId();
        if (answer.errorCode() == Errors.MEMBER_ID_REQUIRED.code()) {
            answer = askToJoin();
        }
        generation = answer.generationId();
        return answer;
    }

    private JoinGroupResponseData askToJoin() {
        var protocols = new JoinGroupRequestProtocolCollection();
        protocols.add(
                new JoinGroupRequestProtocol()
                        .setName("range")
                        .setMetadata(
                                Utils.toArray(
                                        ConsumerProtocol.serializeSubscription(
                                                new Subscription(List.of("orders"))))));
        var request =
                new JoinGroupRequestData()
                        .setGroupId(group)
                        .setMemberId(id)
                        .setSessionTimeoutMs(sessionMillis)
                        .setRebalanceTimeoutMs(10_000)
                        .setProtocolType("consumer")
                        .setProtocols(protocols);
        return groups.ask(new JoinGroupRequest.Builder(request), version, JoinGroupResponse.class)
                .data();
    }

    /// Syncs as the leader, giving itself `assignment`.
    SyncGroupResponseData lead(String assignment) {
        return sync(
                List.of(
                        new SyncGroupRequestAssignment()
                                .setMemberId(id)
                                .setAssignment(assignment.getBytes(StandardCharsets.UTF_8))));
    }

    SyncGroupResponseData sync(List<SyncGroupRequestAssignment> assignments) {
        var request =
                new SyncGroupRequestData()
                        .setGroupId(group)
                        .setMemberId(id)
                        .setGenerationId(generation)
                        .setProtocolType("consumer")
                        .setProtocolName("range")
                        .setAssignments(assignments);
        return groups.ask(
                        new SyncGroupRequest.Builder(request),
                        Math.min(version, 5),
                        SyncGroupResponse.class)
                .data();
    }

    Errors heartbeat() {
        var request =
                new HeartbeatRequestData()
                        .setGroupId(group)
                        .setMemberId(id)
                        .setGenerationId(generation);
        return groups.ask(
                        new HeartbeatRequest.Builder(request),
                        Math.min(version, 4),
                        HeartbeatResponse.class)
                .error();
    }

    Errors leave() {
        return groups.ask(
                        new LeaveGroupRequest.Builder(
                                group, List.of(new MemberIdentity().setMemberId(id))),
                        Math.min(version, 5),
                        LeaveGroupResponse.class)
                .error();
    }
}
