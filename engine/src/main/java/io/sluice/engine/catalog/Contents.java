package io.sluice.engine.catalog;

import io.sluice.broker.routing.Routes;
import java.util.UUID;

/// All that a catalog holds. Immutable: each of these methods gives another one of the same version.
///
/// @param producerIdsBelow producer ids from here on were never given
/// @param shards for how many shards the state logs are laid out; 0 before there are any
record Contents(
        long version,
        UUID clusterId,
        KnownTopics topics,
        KnownQueues queues,
        Routes routes,
        KnownSettings settings,
        Policies policies,
        long producerIdsBelow,
        int shards) {
    static final UUID NOBODY = new UUID(0, 0);

    /// Before anything was founded.
    static final Contents NONE =
            new Contents(
                    0,
                    NOBODY,
                    KnownTopics.NONE,
                    KnownQueues.NONE,
                    Routes.INITIAL,
                    KnownSettings.NONE,
                    Policies.NONE,
                    0,
                    0);

    Contents at(long itsVersion) {
        return new Contents(
                itsVersion,
                clusterId,
                topics,
                queues,
                routes,
                settings,
                policies,
                producerIdsBelow,
                shards);
    }

    Contents foundedAs(UUID id) {
        return new Contents(
                version, id, topics, queues, routes, settings, policies, producerIdsBelow, shards);
    }

    Contents with(KnownTopics others) {
        return with(others, queues, routes);
    }

    Contents with(Routes others) {
        return with(topics, queues, others);
    }

    Contents with(KnownTopics itsTopics, KnownQueues itsQueues, Routes itsRoutes) {
        return new Contents(
                version,
                clusterId,
                itsTopics,
                itsQueues,
                itsRoutes,
                settings,
                policies,
                producerIdsBelow,
                shards);
    }

    Contents with(KnownSettings itsSettings, Policies itsPolicies, Routes itsRoutes) {
        return new Contents(
                version,
                clusterId,
                topics,
                queues,
                itsRoutes,
                itsSettings,
                itsPolicies,
                producerIdsBelow,
                shards);
    }

    Contents with(long itsProducerIdsBelow, int itsShards) {
        return new Contents(
                version,
                clusterId,
                topics,
                queues,
                routes,
                settings,
                policies,
                itsProducerIdsBelow,
                itsShards);
    }
}
