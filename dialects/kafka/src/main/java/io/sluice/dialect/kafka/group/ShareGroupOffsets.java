package io.sluice.dialect.kafka.group;

import io.sluice.dialect.kafka.Request;
import java.util.concurrent.CompletableFuture;
import org.apache.kafka.common.message.DescribeShareGroupOffsetsRequestData.DescribeShareGroupOffsetsRequestGroup;
import org.apache.kafka.common.message.DescribeShareGroupOffsetsResponseData;
import org.apache.kafka.common.message.DescribeShareGroupOffsetsResponseData.DescribeShareGroupOffsetsResponseGroup;
import org.apache.kafka.common.requests.AlterShareGroupOffsetsRequest;
import org.apache.kafka.common.requests.AlterShareGroupOffsetsResponse;
import org.apache.kafka.common.requests.DeleteShareGroupOffsetsRequest;
import org.apache.kafka.common.requests.DeleteShareGroupOffsetsResponse;
import org.apache.kafka.common.requests.DescribeShareGroupOffsetsRequest;
import org.apache.kafka.common.requests.DescribeShareGroupOffsetsResponse;
import org.apache.kafka.coordinator.group.GroupCoordinator;

/// How far share groups are: DescribeShareGroupOffsets (90), AlterShareGroupOffsets (91), DeleteShareGroupOffsets (92).
final class ShareGroupOffsets {
    private ShareGroupOffsets() {}

    static CompletableFuture<DescribeShareGroupOffsetsResponse> describe(
            GroupCoordinator coordinator, Request request) {
        var groups =
                request.body(DescribeShareGroupOffsetsRequest.class).data().groups().stream()
                        .map(group -> describe(coordinator, request, group))
                        .toList();
        return CompletableFuture.allOf(groups.toArray(CompletableFuture[]::new))
                .thenApply(
                        _ ->
                                new DescribeShareGroupOffsetsResponse(
                                        new DescribeShareGroupOffsetsResponseData()
                                                .setGroups(
                                                        groups.stream()
                                                                .map(CompletableFuture::join)
                                                                .toList())));
    }

    private static CompletableFuture<DescribeShareGroupOffsetsResponseGroup> describe(
            GroupCoordinator coordinator,
            Request request,
            DescribeShareGroupOffsetsRequestGroup group) {
        return group.topics() == null
                ? coordinator.describeShareGroupAllOffsets(request.context(), group)
                : coordinator.describeShareGroupOffsets(request.context(), group);
    }

    static CompletableFuture<AlterShareGroupOffsetsResponse> alter(
            GroupCoordinator coordinator, Request request) {
        var asked = request.body(AlterShareGroupOffsetsRequest.class).data();
        return coordinator
                .alterShareGroupOffsets(request.context(), asked.groupId(), asked)
                .thenApply(AlterShareGroupOffsetsResponse::new);
    }

    static CompletableFuture<DeleteShareGroupOffsetsResponse> delete(
            GroupCoordinator coordinator, Request request) {
        return coordinator
                .deleteShareGroupOffsets(
                        request.context(),
                        request.body(DeleteShareGroupOffsetsRequest.class).data())
                .thenApply(DeleteShareGroupOffsetsResponse::new);
    }
}
