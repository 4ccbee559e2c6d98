package io.sluice.dialect.kafka.group;

import io.sluice.dialect.kafka.Request;
import io.sluice.dialect.kafka.RequestHandler;
import io.sluice.dialect.kafka.Responder;
import org.apache.kafka.common.message.ListGroupsResponseData;
import org.apache.kafka.common.requests.ListGroupsRequest;
import org.apache.kafka.common.requests.ListGroupsResponse;

/// ListGroups (16). Where there never was a group, looking for one does not create the topic for them.
final class ListGroupsHandler implements RequestHandler {
    private final GroupCoordination groups;
    private final RequestHandler list;

    ListGroupsHandler(GroupCoordination groups) {
        this.groups = groups;
        this.list =
                GroupOperation.handledBy(
                        groups,
                        (coordinator, request) ->
                                coordinator
                                        .listGroups(
                                                request.context(),
                                                request.body(ListGroupsRequest.class).data())
                                        .thenApply(ListGroupsResponse::new));
    }

    @Override
    public void handle(Request request, Responder responder) {
        if (groups.hasGroups()) {
            list.handle(request, responder);
        } else {
            responder.answer(new ListGroupsResponse(new ListGroupsResponseData()));
        }
    }
}
