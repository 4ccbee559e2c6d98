package io.sluice.dialect.kafka.group;

import io.sluice.dialect.kafka.Request;
import io.sluice.dialect.kafka.RequestHandler;
import java.util.concurrent.CompletableFuture;
import org.apache.kafka.common.protocol.Errors;
import org.apache.kafka.common.requests.AbstractResponse;
import org.apache.kafka.coordinator.group.GroupCoordinator;

/// One API in terms of the coordinator. What it answers a client's mistake with is a response; what it fails with is answered with
/// the request's own error response.
@FunctionalInterface
interface GroupOperation {
    CompletableFuture<? extends AbstractResponse> apply(
            GroupCoordinator coordinator, Request request);

    /// Handles requests by `operation`, which waits until there is a coordinator.
    static RequestHandler handledBy(GroupCoordination groups, GroupOperation operation) {
        return (request, responder) ->
                groups.coordinator()
                        .thenCompose(coordinator -> operation.apply(coordinator, request))
                        .whenComplete(
                                (response, failure) -> {
                                    if (failure == null) {
                                        responder.answer(response);
                                    } else {
                                        responder.refuse(Errors.maybeUnwrapException(failure));
                                    }
                                });
    }
}
