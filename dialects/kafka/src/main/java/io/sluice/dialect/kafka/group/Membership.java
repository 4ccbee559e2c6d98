package io.sluice.dialect.kafka.group;

import io.sluice.dialect.kafka.Request;
import java.util.concurrent.CompletableFuture;
import org.apache.kafka.common.message.SyncGroupResponseData;
import org.apache.kafka.common.protocol.Errors;
import org.apache.kafka.common.requests.ConsumerGroupHeartbeatRequest;
import org.apache.kafka.common.requests.ConsumerGroupHeartbeatResponse;
import org.apache.kafka.common.requests.HeartbeatRequest;
import org.apache.kafka.common.requests.HeartbeatResponse;
import org.apache.kafka.common.requests.JoinGroupRequest;
import org.apache.kafka.common.requests.JoinGroupResponse;
import org.apache.kafka.common.requests.LeaveGroupRequest;
import org.apache.kafka.common.requests.LeaveGroupResponse;
import org.apache.kafka.common.requests.ShareGroupHeartbeatRequest;
import org.apache.kafka.common.requests.ShareGroupHeartbeatResponse;
import org.apache.kafka.common.requests.SyncGroupRequest;
import org.apache.kafka.common.requests.SyncGroupResponse;
import org.apache.kafka.common.utils.BufferSupplier;
import org.apache.kafka.coordinator.group.GroupCoordinator;

/// Being a member: of a classic group (JoinGroup 11, SyncGroup 14, Heartbeat 12, LeaveGroup 13) or of a consumer group
/// (ConsumerGroupHeartbeat 68, which is all four in one), or of a share group (ShareGroupHeartbeat 76).
final class Membership {
    private Membership() {}

    static CompletableFuture<JoinGroupResponse> join(
            GroupCoordinator coordinator, Request request) {
        return coordinator
                .joinGroup(
                        request.context(),
                        request.body(JoinGroupRequest.class).data(),
                        BufferSupplier.NO_CACHING)
                .thenApply(data -> new JoinGroupResponse(data, request.version()));
    }

    static CompletableFuture<SyncGroupResponse> sync(
            GroupCoordinator coordinator, Request request) {
        var body = request.body(SyncGroupRequest.class);
        if (!body.areMandatoryProtocolTypeAndNamePresent()) {
            return CompletableFuture.completedFuture(
                    new SyncGroupResponse(
                            new SyncGroupResponseData()
                                    .setErrorCode(Errors.INCONSISTENT_GROUP_PROTOCOL.code())));
        }
        return coordinator
                .syncGroup(request.context(), body.data(), BufferSupplier.NO_CACHING)
                .thenApply(SyncGroupResponse::new);
    }

    static CompletableFuture<HeartbeatResponse> heartbeat(
            GroupCoordinator coordinator, Request request) {
        return coordinator
                .heartbeat(request.context(), request.body(HeartbeatRequest.class).data())
                .thenApply(HeartbeatResponse::new);
    }

    static CompletableFuture<LeaveGroupResponse> leave(
            GroupCoordinator coordinator, Request request) {
        return coordinator
                .leaveGroup(
                        request.context(), request.body(LeaveGroupRequest.class).normalizedData())
                .thenApply(data -> new LeaveGroupResponse(data, request.version()));
    }

    static CompletableFuture<ShareGroupHeartbeatResponse> shareHeartbeat(
            GroupCoordinator coordinator, Request request) {
        return coordinator
                .shareGroupHeartbeat(
                        request.context(), request.body(ShareGroupHeartbeatRequest.class).data())
                .thenApply(ShareGroupHeartbeatResponse::new);
    }

    static CompletableFuture<ConsumerGroupHeartbeatResponse> consumerHeartbeat(
            GroupCoordinator coordinator, Request request) {
        return coordinator
                .consumerGroupHeartbeat(
                        request.context(), request.body(ConsumerGroupHeartbeatRequest.class).data())
                .thenApply(ConsumerGroupHeartbeatResponse::new);
    }
}
