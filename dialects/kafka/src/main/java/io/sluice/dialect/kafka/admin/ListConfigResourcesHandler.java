package io.sluice.dialect.kafka.admin;

import io.sluice.broker.Broker;
import io.sluice.broker.Topic;
import io.sluice.dialect.kafka.KafkaSettings;
import io.sluice.dialect.kafka.Request;
import io.sluice.dialect.kafka.RequestHandler;
import io.sluice.dialect.kafka.Responder;
import io.sluice.dialect.kafka.config.GroupConfigs;
import java.util.List;
import java.util.stream.Stream;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.message.ListConfigResourcesResponseData;
import org.apache.kafka.common.protocol.Errors;
import org.apache.kafka.common.requests.ListConfigResourcesRequest;
import org.apache.kafka.common.requests.ListConfigResourcesResponse;

/// ListConfigResources (74): what has settings. Version 0 knows only the subscriptions to clients' metrics, of which there
/// are none.
final class ListConfigResourcesHandler implements RequestHandler {
    private final Broker broker;

    ListConfigResourcesHandler(Broker broker) {
        this.broker = broker;
    }

    @Override
    public void handle(Request request, Responder responder) {
        var asked = request.body(ListConfigResourcesRequest.class);
        var supported = asked.supportedResourceTypes();
        var types =
                asked.data().resourceTypes().isEmpty()
                        ? supported.stream().sorted().toList()
                        : asked.data().resourceTypes();
        responder.answer(
                new ListConfigResourcesResponse(
                        supported.containsAll(types)
                                ? new ListConfigResourcesResponseData()
                                        .setConfigResources(
                                                types.stream()
                                                        .distinct()
                                                        .flatMap(this::listed)
                                                        .toList())
                                : new ListConfigResourcesResponseData()
                                        .setErrorCode(Errors.UNSUPPORTED_VERSION.code())));
    }

    private Stream<ListConfigResourcesResponseData.ConfigResource> listed(byte type) {
        return names(ConfigResource.Type.forId(type)).stream()
                .map(
                        name ->
                                new ListConfigResourcesResponseData.ConfigResource()
                                        .setResourceType(type)
                                        .setResourceName(name));
    }

    private List<String> names(ConfigResource.Type type) {
        return switch (type) {
            case TOPIC -> broker.catalog().topics().stream().map(Topic::name).toList();
            case GROUP -> List.copyOf(broker.catalog().configured(GroupConfigs.KIND));
            case BROKER -> List.of(Integer.toString(KafkaSettings.NODE_ID));
            case BROKER_LOGGER, CLIENT_METRICS, UNKNOWN -> List.of();
        };
    }
}
