package io.sluice.dialect.kafka.admin;

import io.sluice.dialect.kafka.Request;
import io.sluice.dialect.kafka.RequestHandler;
import io.sluice.dialect.kafka.Responder;
import io.sluice.dialect.kafka.admin.ConfigResources.Configurable;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.apache.kafka.common.message.AlterConfigsRequestData;
import org.apache.kafka.common.message.AlterConfigsRequestData.AlterConfigsResource;
import org.apache.kafka.common.message.AlterConfigsRequestData.AlterableConfig;
import org.apache.kafka.common.message.AlterConfigsResponseData;
import org.apache.kafka.common.message.AlterConfigsResponseData.AlterConfigsResourceResponse;
import org.apache.kafka.common.protocol.Errors;
import org.apache.kafka.common.requests.AlterConfigsRequest;
import org.apache.kafka.common.requests.AlterConfigsResponse;
import org.apache.kafka.common.requests.ApiError;

/// AlterConfigs (33), the older way: what a request says becomes all that is set, what it leaves out goes back to its default.
final class AlterConfigsHandler implements RequestHandler {
    private final ConfigResources resources;
    private final ConfigAlteration alteration;
    private final Turns turns;

    AlterConfigsHandler(ConfigResources resources, ConfigAlteration alteration, Turns turns) {
        this.resources = resources;
        this.alteration = alteration;
        this.turns = turns;
    }

    @Override
    public void handle(Request request, Responder responder) {
        var data = request.body(AlterConfigsRequest.class).data();
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
                                            new AlterConfigsResponse(
                                                    new AlterConfigsResponseData()
                                                            .setResponses(results)));
                                }));
    }

    private void alter(
            AlterConfigsResource resource, AlterConfigsRequestData data, Consumer<ApiError> done) {
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
                                .filter(config -> config.value() == null)
                                .map(AlterableConfig::name)
                                .toList());
        if (malformed.isPresent()) {
            done.accept(malformed.get());
            return;
        }
        switch (resources.find(resource.resourceType(), resource.resourceName())) {
            case Checked.Refused<Configurable>(ApiError error) -> done.accept(error);
            case Checked.Good<Configurable>(Configurable target) -> {
                var wanted =
                        resource.configs().stream()
                                .collect(
                                        Collectors.toMap(
                                                AlterableConfig::name, AlterableConfig::value));
                alteration.alter(target, wanted, data.validateOnly(), done);
            }
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
