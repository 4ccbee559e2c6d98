package io.sluice.admin.sluice;

import io.sluice.admin.http.Answer;
import io.sluice.admin.http.Handler;
import io.sluice.admin.http.Resource;
import io.sluice.broker.policy.PolicySetting;
import java.util.List;
import java.util.stream.Stream;

/// `/api/sluice/policy-settings`: the table of what can be set.
final class PolicySettingsApi {
    private PolicySettingsApi() {}

    static List<Resource> resources() {
        return List.of(
                Resource.at("sluice/policy-settings")
                        .get(
                                Handler.now(
                                        _ ->
                                                Answer.ok(
                                                        Stream.of(PolicySetting.values())
                                                                .map(SettingJson::row)
                                                                .toList()))));
    }
}
