package io.sluice.dialect.kafka.admin;

import io.sluice.dialect.kafka.Feature;
import io.sluice.dialect.kafka.Request;
import io.sluice.dialect.kafka.RequestHandler;
import io.sluice.dialect.kafka.Responder;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.kafka.common.message.UpdateFeaturesRequestData;
import org.apache.kafka.common.message.UpdateFeaturesRequestData.FeatureUpdateKey;
import org.apache.kafka.common.protocol.Errors;
import org.apache.kafka.common.requests.ApiError;
import org.apache.kafka.common.requests.UpdateFeaturesRequest;
import org.apache.kafka.common.requests.UpdateFeaturesResponse;

/// UpdateFeatures (57): a feature can be told to stay what it is. Anything else fails the whole request, as in Kafka.
final class UpdateFeaturesHandler implements RequestHandler {
    @Override
    public void handle(Request request, Responder responder) {
        var updates = request.body(UpdateFeaturesRequest.class).data().featureUpdates();
        var refusal =
                updates.stream()
                        .flatMap(update -> refusal(update).stream())
                        .findFirst()
                        .map(
                                message ->
                                        new ApiError(
                                                Errors.INVALID_UPDATE_VERSION,
                                                "The update failed for all features since the following feature had an"
                                                        + " error: "
                                                        + message));
        // Version 2 says nothing about single features any more.
        Set<String> told = request.version() < 2 ? names(updates) : Set.of();
        responder.answer(
                UpdateFeaturesResponse.createWithErrors(refusal.orElse(ApiError.NONE), told, 0));
    }

    private static Set<String> names(UpdateFeaturesRequestData.FeatureUpdateKeyCollection updates) {
        return updates.stream().map(FeatureUpdateKey::feature).collect(Collectors.toSet());
    }

    private static Optional<String> refusal(FeatureUpdateKey update) {
        var known =
                Feature.ALL.stream()
                        .filter(feature -> feature.name().equals(update.feature()))
                        .findFirst();
        if (known.isEmpty()) {
            return Optional.of("this broker has no feature " + update.feature() + ".");
        }
        return known.filter(feature -> feature.level() != update.maxVersionLevel())
                .map(
                        feature ->
                                "the level of "
                                        + feature.name()
                                        + " is fixed at "
                                        + feature.level()
                                        + " by this version of the broker.");
    }
}
