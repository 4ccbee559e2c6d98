package io.sluice.admin.sluice;

import io.sluice.admin.json.Json;
import io.sluice.admin.json.JsonObject;
import io.sluice.broker.policy.PolicySetting;
import io.sluice.broker.policy.PolicyValues;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/// Settings as somebody sends them: `{"retry.initial.ms": 500, "retry.jitter": null}`, where null takes one away.
///
/// @param changes empty: taken away
record SettingChanges(Map<PolicySetting, Optional<String>> changes) {

    static SettingChanges ofTopic(JsonObject sent) {
        return new SettingChanges(read(sent));
    }

    static SettingChanges ofQueue(JsonObject sent) {
        var changes = read(sent);
        changes.keySet().stream()
                .filter(PolicySetting::isTopicOnly)
                .findFirst()
                .ifPresent(
                        setting -> {
                            throw Problem.WRONG_SETTING.ends(
                                    setting.text()
                                            + " belongs to a topic and not to a queue: set it in the topic's policy");
                        });
        return new SettingChanges(changes);
    }

    private static Map<PolicySetting, Optional<String>> read(JsonObject sent) {
        var changes = new EnumMap<PolicySetting, Optional<String>>(PolicySetting.class);
        sent.fields().forEach((name, value) -> changes.put(setting(name), text(name, value)));
        return changes;
    }

    private static PolicySetting setting(String name) {
        return PolicySetting.ofText(name)
                .orElseThrow(
                        () ->
                                Problem.WRONG_SETTING.ends(
                                        name
                                                + " is not a setting that there is; policy-settings lists those that there are"));
    }

    private static Optional<String> text(String name, Json value) {
        return switch (value) {
            case Json.Text(String text) -> Optional.of(text);
            case Json.Digits(String literal) -> Optional.of(literal);
            case Json.Bool(boolean flag) -> Optional.of(Boolean.toString(flag));
            case Json.Null _ -> Optional.empty();
            case Json.Array _, JsonObject _ ->
                    throw Problem.WRONG_SETTING.ends(
                            name + " must be a number, a string, true, false or null");
        };
    }

    /// These instead of all that is set: what is not named is taken away.
    SettingChanges replacing(PolicyValues present) {
        var all = new EnumMap<PolicySetting, Optional<String>>(PolicySetting.class);
        present.forEach((setting, _) -> all.put(setting, Optional.empty()));
        all.putAll(changes);
        return new SettingChanges(all);
    }

    /// What is set afterwards.
    PolicyValues appliedTo(PolicyValues present) {
        var values = present;
        for (var change : changes.entrySet()) {
            values = values.with(change.getKey(), change.getValue());
        }
        return values;
    }

    /// What the configs of a topic become.
    Map<String, String> appliedToConfig(Map<String, String> config) {
        var all = new HashMap<>(config);
        changes.forEach(
                (setting, value) ->
                        value.ifPresentOrElse(
                                text -> all.put(setting.kafkaName(), text),
                                () -> all.remove(setting.kafkaName())));
        return all;
    }
}
