package io.sluice.dialect.kafka.group;

import io.sluice.dialect.kafka.Request;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.message.ConsumerGroupDescribeResponseData;
import org.apache.kafka.common.message.DescribeGroupsResponseData;
import org.apache.kafka.common.message.ShareGroupDescribeResponseData;
import org.apache.kafka.common.requests.ConsumerGroupDescribeRequest;
import org.apache.kafka.common.requests.ConsumerGroupDescribeResponse;
import org.apache.kafka.common.requests.DescribeGroupsRequest;
import org.apache.kafka.common.requests.DescribeGroupsResponse;
import org.apache.kafka.common.requests.ShareGroupDescribeRequest;
import org.apache.kafka.common.requests.ShareGroupDescribeResponse;
import org.apache.kafka.coordinator.group.GroupCoordinator;

/// What groups look like: DescribeGroups (15) for classic ones, ConsumerGroupDescribe (69) for consumer groups, ShareGroupDescribe
/// (77) for share groups.
final class Descriptions {
    /// What may be done to a group, as a set of bits; everything, as there are no permissions yet.
    private static final int ALL_OPERATIONS =
            List.of(
                            AclOperation.READ,
                            AclOperation.DELETE,
                            AclOperation.DESCRIBE,
                            AclOperation.DESCRIBE_CONFIGS,
                            AclOperation.ALTER_CONFIGS)
                    .stream()
                    .mapToInt(Descriptions::bit)
                    .sum();

    private Descriptions() {}

    private static int bit(AclOperation operation) {
        return 1 << operation.code();
    }

    static CompletableFuture<DescribeGroupsResponse> classic(
            GroupCoordinator coordinator, Request request) {
        var asked = request.body(DescribeGroupsRequest.class).data();
        return coordinator
                .describeGroups(request.context(), asked.groups())
                .thenApply(
                        groups -> {
                            if (asked.includeAuthorizedOperations()) {
                                groups.forEach(
                                        group -> group.setAuthorizedOperations(ALL_OPERATIONS));
                            }
                            return new DescribeGroupsResponse(
                                    new DescribeGroupsResponseData().setGroups(groups));
                        });
    }

    static CompletableFuture<ConsumerGroupDescribeResponse> consumer(
            GroupCoordinator coordinator, Request request) {
        var asked = request.body(ConsumerGroupDescribeRequest.class).data();
        return coordinator
                .consumerGroupDescribe(request.context(), asked.groupIds())
                .thenApply(
                        groups -> {
                            if (asked.includeAuthorizedOperations()) {
                                groups.forEach(
                                        group -> group.setAuthorizedOperations(ALL_OPERATIONS));
                            }
                            return new ConsumerGroupDescribeResponse(
                                    new ConsumerGroupDescribeResponseData().setGroups(groups));
                        });
    }

    static CompletableFuture<ShareGroupDescribeResponse> share(
            GroupCoordinator coordinator, Request request) {
        var asked = request.body(ShareGroupDescribeRequest.class).data();
        return coordinator
                .shareGroupDescribe(request.context(), asked.groupIds())
                .thenApply(
                        groups -> {
                            if (asked.includeAuthorizedOperations()) {
                                groups.forEach(
                                        group -> group.setAuthorizedOperations(ALL_OPERATIONS));
                            }
                            return new ShareGroupDescribeResponse(
                                    new ShareGroupDescribeResponseData().setGroups(groups));
                        });
    }
}
