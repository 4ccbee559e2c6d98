package io.sluice.dialect.kafka.group;

import io.sluice.dialect.kafka.Request;
import io.sluice.dialect.kafka.RequestHandler;
import io.sluice.dialect.kafka.Responder;
import org.apache.kafka.common.Node;
import org.apache.kafka.common.message.FindCoordinatorResponseData;
import org.apache.kafka.common.message.FindCoordinatorResponseData.Coordinator;
import org.apache.kafka.common.protocol.Errors;
import org.apache.kafka.common.requests.FindCoordinatorRequest;
import org.apache.kafka.common.requests.FindCoordinatorRequest.CoordinatorType;
import org.apache.kafka.common.requests.FindCoordinatorResponse;

/// FindCoordinator (10): who coordinates a group. Always this broker, once its coordinator takes requests; asking is what starts it.
///
/// Transactions are not offered, and what Kafka's brokers ask about the state of share groups among each other, no client asks: their keys are refused with a reason that clients show and do not retry.
final class FindCoordinatorHandler implements RequestHandler {
    /// Up to here a request holds one key, and the answer is not in a list.
    private static final short MAX_SINGLE_KEY_VERSION = 3;

    private final GroupCoordination groups;

    FindCoordinatorHandler(GroupCoordination groups) {
        this.groups = groups;
    }

    @Override
    public void handle(Request request, Responder responder) {
        switch (CoordinatorType.forId(
                request.body(FindCoordinatorRequest.class).data().keyType())) {
            case GROUP ->
                    groups.coordinator()
                            .whenComplete(
                                    (_, failure) -> {
                                        if (failure == null) {
                                            found(request, responder);
                                        } else {
                                            responder.refuse(Errors.maybeUnwrapException(failure));
                                        }
                                    });
            case TRANSACTION -> refuse(request, responder, "transactions are not offered");
            case SHARE ->
                    refuse(request, responder, "the state of share groups has no coordinator here");
        }
    }

    private static void found(Request request, Responder responder) {
        answer(request, responder, Errors.NONE, Errors.NONE.message(), request.node());
    }

    private static void refuse(Request request, Responder responder, String why) {
        answer(request, responder, Errors.INVALID_REQUEST, why, Node.noNode());
    }

    private static void answer(
            Request request, Responder responder, Errors error, String message, Node node) {
        var asked = request.body(FindCoordinatorRequest.class).data();
        var answer = new FindCoordinatorResponseData();
        if (request.version() <= MAX_SINGLE_KEY_VERSION) {
            answer.setErrorCode(error.code())
                    .setErrorMessage(message)
                    .setNodeId(node.id())
                    .setHost(node.host())
                    .setPort(node.port());
        } else {
            for (var key : asked.coordinatorKeys()) {
                answer.coordinators()
                        .add(
                                new Coordinator()
                                        .setKey(key)
                                        .setErrorCode(error.code())
                                        .setErrorMessage(message)
                                        .setNodeId(node.id())
                                        .setHost(node.host())
                                        .setPort(node.port()));
            }
        }
        responder.answer(new FindCoordinatorResponse(answer));
    }
}
