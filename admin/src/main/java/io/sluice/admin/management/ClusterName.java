package io.sluice.admin.management;

import io.sluice.admin.json.Json;
import java.util.Optional;

/// What people call this broker: a global parameter, as in RabbitMQ; the node's name until somebody says otherwise.
final class ClusterName {
    static final String PARAMETER = "cluster_name";

    private final ManagementServices services;

    ClusterName(ManagementServices services) {
        this.services = services;
    }

    String text() {
        return GlobalParameters.find(services.broker().catalog(), PARAMETER)
                .flatMap(
                        value ->
                                value instanceof Json.Text(String text)
                                        ? Optional.of(text)
                                        : Optional.empty())
                .orElseGet(services.node()::name);
    }
}
