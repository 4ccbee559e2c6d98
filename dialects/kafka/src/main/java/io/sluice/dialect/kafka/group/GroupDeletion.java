package io.sluice.dialect.kafka.group;

import io.sluice.dialect.kafka.Request;
import java.util.concurrent.CompletableFuture;
import org.apache.kafka.common.message.DeleteGroupsResponseData;
import org.apache.kafka.common.requests.DeleteGroupsRequest;
import org.apache.kafka.common.requests.DeleteGroupsResponse;
import org.apache.kafka.common.utils.BufferSupplier;
import org.apache.kafka.coordinator.group.GroupCoordinator;

/// DeleteGroups (42): groups without members, and what they have committed.
final class GroupDeletion {
    private GroupDeletion() {}

    static CompletableFuture<DeleteGroupsResponse> delete(
            GroupCoordinator coordinator, Request request) {
        var names =
                request.body(DeleteGroupsRequest.class).data().groupsNames().stream()
                        .distinct()
                        .toList();
        return coordinator
                .deleteGroups(request.context(), names, BufferSupplier.NO_CACHING)
                .thenApply(
                        results ->
                                new DeleteGroupsResponse(
                                        new DeleteGroupsResponseData().setResults(results)));
    }
}
