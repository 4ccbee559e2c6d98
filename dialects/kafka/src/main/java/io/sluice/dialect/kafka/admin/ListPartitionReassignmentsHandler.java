package io.sluice.dialect.kafka.admin;

import io.sluice.dialect.kafka.Request;
import io.sluice.dialect.kafka.RequestHandler;
import io.sluice.dialect.kafka.Responder;
import org.apache.kafka.common.message.ListPartitionReassignmentsResponseData;
import org.apache.kafka.common.requests.ListPartitionReassignmentsResponse;

/// ListPartitionReassignments (46): no replica is ever on the move.
final class ListPartitionReassignmentsHandler implements RequestHandler {
    @Override
    public void handle(Request request, Responder responder) {
        responder.answer(
                new ListPartitionReassignmentsResponse(
                        new ListPartitionReassignmentsResponseData().setErrorMessage(null)));
    }
}
