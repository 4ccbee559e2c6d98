package io.sluice.dialect.kafka.group;

import io.sluice.broker.Broker;
import io.sluice.dialect.kafka.Api;
import java.util.List;
import org.apache.kafka.common.protocol.ApiKeys;

/// Everything that a client can ask about groups.
public final class GroupApis {
    private GroupApis() {}

    /// One line for each API, with the versions that are offered.
    public static List<Api> all(Broker broker, GroupCoordination groups) {
        return List.of(
                Api.of(ApiKeys.FIND_COORDINATOR, 0, 6, new FindCoordinatorHandler(groups)),
                group(groups, ApiKeys.JOIN_GROUP, 9, Membership::join),
                group(groups, ApiKeys.SYNC_GROUP, 5, Membership::sync),
                group(groups, ApiKeys.HEARTBEAT, 4, Membership::heartbeat),
                group(groups, ApiKeys.LEAVE_GROUP, 5, Membership::leave),
                group(groups, ApiKeys.CONSUMER_GROUP_HEARTBEAT, 1, Membership::consumerHeartbeat),
                Api.of(
                        ApiKeys.OFFSET_COMMIT,
                        2,
                        10,
                        GroupOperation.handledBy(groups, new OffsetCommits(broker))),
                Api.of(
                        ApiKeys.OFFSET_FETCH,
                        1,
                        10,
                        GroupOperation.handledBy(groups, new OffsetFetches(broker))),
                group(groups, ApiKeys.OFFSET_DELETE, 0, new OffsetDeletions(broker)),
                Api.of(ApiKeys.LIST_GROUPS, 0, 5, new ListGroupsHandler(groups)),
                group(groups, ApiKeys.DESCRIBE_GROUPS, 6, Descriptions::classic),
                group(groups, ApiKeys.CONSUMER_GROUP_DESCRIBE, 1, Descriptions::consumer),
                group(groups, ApiKeys.DELETE_GROUPS, 2, GroupDeletion::delete),
                share(groups, ApiKeys.SHARE_GROUP_HEARTBEAT, 1, 1, Membership::shareHeartbeat),
                share(groups, ApiKeys.SHARE_GROUP_DESCRIBE, 1, 1, Descriptions::share),
                share(
                        groups,
                        ApiKeys.DESCRIBE_SHARE_GROUP_OFFSETS,
                        0,
                        1,
                        ShareGroupOffsets::describe),
                share(groups, ApiKeys.ALTER_SHARE_GROUP_OFFSETS, 0, 0, ShareGroupOffsets::alter),
                share(groups, ApiKeys.DELETE_SHARE_GROUP_OFFSETS, 0, 0, ShareGroupOffsets::delete));
    }

    private static Api share(
            GroupCoordination groups,
            ApiKeys key,
            int minVersion,
            int maxVersion,
            GroupOperation operation) {
        return Api.of(key, minVersion, maxVersion, GroupOperation.handledBy(groups, operation));
    }

    private static Api group(
            GroupCoordination groups, ApiKeys key, int maxVersion, GroupOperation operation) {
        return Api.of(key, 0, maxVersion, GroupOperation.handledBy(groups, operation));
    }
}
