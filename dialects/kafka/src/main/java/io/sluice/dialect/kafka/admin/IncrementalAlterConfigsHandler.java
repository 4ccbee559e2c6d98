package io.sluice.dialect.kafka.admin;

import io.sluice.dialect.kafka.Request;
import io.sluice.dialect.kafka.RequestHandler;
import io.sluice.dialect.kafka.Responder;
import io.sluice.dialect.kafka.admin.ConfigResources.Configurable;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.apache.kafka.clients.admin.AlterConfigOp.OpType;
import org.apache.kafka.common.message.IncrementalAlterConfigsRequestData;
import org.apache.kafka.common.message.IncrementalAlterConfigsRequestData.AlterConfigsResource;
import org.apache.kafka.common.message.IncrementalAlterConfigsRequestData.AlterableConfig;
import org.apache.kafka.common.message.IncrementalAlterConfigsResponseData;
import org.apache.kafka.common.message.IncrementalAlterConfigsResponseData.AlterConfigsResourceResponse;
import org.apache.kafka.common.protocol.Errors;
import org.apache.kafka.common.requests.ApiError;
import org.apache.kafka.common.requests.IncrementalAlterConfigsRequest;
import org.apache.kafka.common.requests.IncrementalAlterConfigsResponse;

/// IncrementalAlterConfigs (44): sets and unsets single settings, adds to and takes from lists; what is not named stays.
final class IncrementalAlterConfigsHandler implements RequestHandler {
    private final ConfigResources resources;
    private final ConfigAlteration alteration;
    private final Turns turns;

    IncrementalAlterConfigsHandler(
            ConfigResources resources, ConfigAlteration alteration, Turns turns) {
        this.resources = resources;
        this.alteration = alteration;
        this.turns = turns;
    }

    @Override
    public void handle(Request request, Responder responder) {
        var data = request.body(IncrementalAlterConfigsRequest.class).data();
        turns.take(
                ended ->
                        Gather.<AlterConfigsResource, AlterConfigsResourceResponse>all(
                                List.copyOf(data.resources()),
                                (resource, answer) ->
                                        alter(
                                                resource,
                                                data,
                                                error -> answer.accept(result(resource, error))),
                                results -> {
                                    ended.run();
                                    responder.answer(
                                            new IncrementalAlterConfigsResponse(
                                                    new IncrementalAlterConfigsResponseData()
                                                            .setResponses(results)));
                                }));
    }

    private void alter(
            AlterConfigsResource resource,
            IncrementalAlterConfigsRequestData data,
            Consumer<ApiError> done) {
        if (data.resources().findAll(resource.resourceType(), resource.resourceName()).size() > 1) {
            done.accept(
                    new ApiError(
                            Errors.INVALID_REQUEST, "Each resource must appear at most once."));
            return;
        }
        var malformed =
                ConfigAlteration.malformed(
                        resource.configs().stream().map(AlterableConfig::name).toList(),
                        resource.configs().stream()
                                .filter(
                                        config ->
                                                config.value() == null
                                                        && config.configOperation()
                                                                != OpType.DELETE.id())
                                .map(AlterableConfig::name)
                                .toList());
        if (malformed.isPresent()) {
            done.accept(malformed.get());
            return;
        }
        switch (resources.find(resource.resourceType(), resource.resourceName())) {
            case Checked.Refused<Configurable>(ApiError error) -> done.accept(error);
            case Checked.Good<Configurable>(Configurable target) ->
                    alter(resource, target, data, done);
        }
    }

    private void alter(
            AlterConfigsResource resource,
            Configurable target,
            IncrementalAlterConfigsRequestData data,
            Consumer<ApiError> done) {
        switch (ConfigOperations.applied(resource.configs(), target)) {
            case Checked.Refused<Map<String, String>>(ApiError error) -> done.accept(error);
            case Checked.Good<Map<String, String>>(Map<String, String> wanted) ->
                    alteration.alter(target, wanted, data.validateOnly(), done);
        }
    }

    private static AlterConfigsResourceResponse result(
            AlterConfigsResource resource, ApiError error) {
        return new AlterConfigsResourceResponse()
                .setResourceType(resource.resourceType())
                .setResourceName(resource.resourceName())
                .setErrorCode(error.error().code())
                .setErrorMessage(error.message());
    }
}
