package io.sluice.dialect.kafka;

import org.apache.kafka.common.message.ApiVersionsResponseData;
import org.apache.kafka.common.message.ApiVersionsResponseData.ApiVersion;
import org.apache.kafka.common.message.ApiVersionsResponseData.ApiVersionCollection;
import org.apache.kafka.common.message.ApiVersionsResponseData.FinalizedFeatureKey;
import org.apache.kafka.common.message.ApiVersionsResponseData.SupportedFeatureKey;
import org.apache.kafka.common.protocol.Errors;
import org.apache.kafka.common.requests.ApiVersionsRequest;
import org.apache.kafka.common.requests.ApiVersionsResponse;

/// ApiVersions (18): what this broker offers, out of the routing table and nothing else.
///
/// A client that asks in a version we do not know is answered in version 0 with UNSUPPORTED_VERSION and our range for
/// ApiVersions itself, whereupon it asks again (KIP-511).
final class ApiVersionsHandler implements RequestHandler {
    private final RoutingTable table;

    ApiVersionsHandler(RoutingTable table) {
        this.table = table;
    }

    @Override
    public void handle(Request request, Responder responder) {
        var asked = request.body(ApiVersionsRequest.class);
        if (asked.hasUnsupportedRequestVersion()) {
            responder.answer(asked.getErrorResponse(0, Errors.UNSUPPORTED_VERSION.exception()));
        } else if (!asked.isValid()) {
            responder.answer(asked.getErrorResponse(0, Errors.INVALID_REQUEST.exception()));
        } else {
            responder.answer(new ApiVersionsResponse(offer(request.version())));
        }
    }

    private ApiVersionsResponseData offer(short version) {
        var versions = new ApiVersionCollection();
        for (var api : table.apis()) {
            versions.add(
                    new ApiVersion()
                            .setApiKey(api.key().id)
                            .setMinVersion(api.minVersion())
                            .setMaxVersion(api.maxVersion()));
        }
        var data = new ApiVersionsResponseData().setApiKeys(versions).setFinalizedFeaturesEpoch(0);
        for (var feature : Feature.ALL) {
            // Clients before version 4 fail on a feature whose range starts at 0 (KAFKA-17492).
            if (version >= 4 || feature.min() > 0) {
                data.supportedFeatures()
                        .add(
                                new SupportedFeatureKey()
                                        .setName(feature.name())
                                        .setMinVersion(feature.min())
                                        .setMaxVersion(feature.max()));
            }
            data.finalizedFeatures()
                    .add(
                            new FinalizedFeatureKey()
                                    .setName(feature.name())
                                    .setMinVersionLevel(feature.level())
                                    .setMaxVersionLevel(feature.level()));
        }
        return data;
    }
}
