package io.sluice.admin.sluice;

import io.sluice.admin.json.Json;
import io.sluice.admin.json.JsonObject;
import io.sluice.broker.policy.PolicyLayers;
import io.sluice.broker.policy.PolicySetting;
import io.sluice.broker.policy.PolicySource;
import io.sluice.broker.policy.SettingKind;
import java.util.function.Predicate;
import java.util.stream.Stream;

/// Settings as this API shows them.
final class SettingJson {
    private SettingJson() {}

    /// One row of the table.
    static JsonObject row(PolicySetting setting) {
        return JsonObject.object()
                .put("name", setting.text())
                .put("type", type(setting.kind()))
                .put("range", setting.kind().range())
                .put("default", value(setting, setting.defaultText()))
                .put("scope", setting.isTopicOnly() ? "topic" : "queue")
                .put("secret", setting.isSecret())
                .put("documentation", setting.documentation())
                .put("kafka_config", setting.kafkaName())
                .put("amqp_argument", setting.argument())
                .put("policy_key", setting.policyKey())
                .put("sqs_tag", setting.tag());
    }

    private static String type(SettingKind kind) {
        return switch (kind) {
            case SettingKind.Count _ -> "count";
            case SettingKind.Millis _ -> "milliseconds";
            case SettingKind.Ratio _ -> "number";
            case SettingKind.Flag _ -> "flag";
            case SettingKind.Choice _ -> "choice";
            case SettingKind.Text _ -> "text";
        };
    }

    /// What holds, and where it was set: `{name: {value, source}}`.
    static JsonObject effective(PolicyLayers layers, Predicate<PolicySetting> which) {
        var all = JsonObject.object();
        Stream.of(PolicySetting.values())
                .filter(which)
                .forEach(
                        setting ->
                                all.put(
                                        setting.text(),
                                        JsonObject.object()
                                                .put("value", value(layers, setting))
                                                .put("source", layers.source(setting).text())));
        return all;
    }

    /// What somebody has set, wherever: `{name: value}`.
    static JsonObject set(PolicyLayers layers) {
        var all = JsonObject.object();
        for (var setting : PolicySetting.values()) {
            if (!setting.isTopicOnly() && layers.source(setting) != PolicySource.DEFAULT) {
                all.put(setting.text(), value(layers, setting));
            }
        }
        return all;
    }

    private static Json value(PolicyLayers layers, PolicySetting setting) {
        return value(setting, layers.value(setting).orElse(""));
    }

    private static Json value(PolicySetting setting, String text) {
        if (text.isEmpty()) {
            return Json.nothing();
        }
        if (setting.isSecret()) {
            return Json.of(PolicySetting.HIDDEN);
        }
        return switch (setting.kind()) {
            case SettingKind.Count _, SettingKind.Millis _ -> Json.of(Long.parseLong(text));
            case SettingKind.Ratio _ -> Json.of(Double.parseDouble(text));
            case SettingKind.Flag _ -> Json.of(Boolean.parseBoolean(text));
            case SettingKind.Choice _, SettingKind.Text _ -> Json.of(text);
        };
    }
}
