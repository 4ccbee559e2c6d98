package io.sluice.dialect.kafka;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.apache.kafka.common.protocol.ApiKeys;
import org.jspecify.annotations.Nullable;

/// Which handler answers which API, and what clients are told about it. Immutable.
///
/// It is put together from each package's own list:
///
/// ```text
///   DataApis.all(services) ──┐
///   GroupApis.all(..)      ──┼──▶ RoutingTable ──▶ ApiVersions answers from it
///   AdminApis.all(..)      ──┘
/// ```
public final class RoutingTable {
    private final @Nullable Api[] byKey;
    private final List<Api> apis;

    private RoutingTable(Collection<Api> listed) {
        apis = new ArrayList<>(listed);
        apis.add(Api.of(ApiKeys.API_VERSIONS, 0, 4, new ApiVersionsHandler(this)));
        byKey = new Api[1 + apis.stream().mapToInt(api -> api.key().id).max().orElse(0)];
        for (var api : apis) {
            if (byKey[api.key().id] != null) {
                throw new IllegalArgumentException(api.key() + " has two handlers");
            }
            byKey[api.key().id] = api;
        }
    }

    /// A table of these and of ApiVersions, which answers from the table itself.
    public static RoutingTable of(Collection<Api> apis) {
        return new RoutingTable(apis);
    }

    /// The API with that key, if it is offered in any version.
    @Nullable Api find(short key) {
        return 0 <= key && key < byKey.length ? byKey[key] : null;
    }

    /// Everything that is offered.
    public List<Api> apis() {
        return List.copyOf(apis);
    }
}
