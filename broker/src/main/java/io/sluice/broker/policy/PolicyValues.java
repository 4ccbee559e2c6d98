package io.sluice.broker.policy;

import io.sluice.broker.queue.JsonText;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.BiFunction;
import java.util.function.Function;

/// Settings that somebody has set, as text: what is not here has its default, or what a weaker place says.
public final class PolicyValues {
    public static final PolicyValues NONE = new PolicyValues(Map.of());

    private final Map<PolicySetting, String> values;

    private PolicyValues(Map<PolicySetting, String> values) {
        this.values = Map.copyOf(values);
    }

    public static PolicyValues of(Map<PolicySetting, String> values) {
        return values.isEmpty() ? NONE : new PolicyValues(values);
    }

    /// Those among AMQP arguments or a queue's attributes, values as JSON text; other names are not looked at.
    public static PolicyValues ofArguments(Map<String, String> arguments) {
        return found(arguments, PolicySetting::ofArgument, PolicyValues::ofJson);
    }

    /// Those in a RabbitMQ policy, values as JSON text.
    public static PolicyValues ofPolicy(Map<String, String> definition) {
        return found(definition, PolicySetting::ofPolicyKey, PolicyValues::ofJson);
    }

    /// Those among a Kafka topic's or group's configs.
    public static PolicyValues ofKafka(Map<String, String> config) {
        return found(config, PolicySetting::ofKafkaName, value -> value);
    }

    /// Those among an SQS queue's tags.
    public static PolicyValues ofTags(Map<String, String> tags) {
        return found(tags, PolicySetting::ofTag, value -> value);
    }

    private static PolicyValues found(
            Map<String, String> all,
            Function<String, Optional<PolicySetting>> names,
            Function<String, String> text) {
        Map<PolicySetting, String> found = null;
        for (var entry : all.entrySet()) {
            var setting = names.apply(entry.getKey());
            if (setting.isPresent()) {
                found = found == null ? new EnumMap<>(PolicySetting.class) : found;
                found.put(setting.get(), text.apply(entry.getValue()));
            }
        }
        return found == null ? NONE : new PolicyValues(found);
    }

    private static String ofJson(String json) {
        return json.startsWith("\"") ? JsonText.unquoted(json) : json;
    }

    /// A legal value as JSON text, as arguments, attributes and policies have it.
    public static String json(PolicySetting setting, String text) {
        return text.isEmpty() ? "\"\"" : legalJson(setting, text);
    }

    private static String legalJson(PolicySetting setting, String text) {
        return switch (setting.kind()) {
            case SettingKind.Count _, SettingKind.Millis _ -> Long.toString(Long.parseLong(text));
            case SettingKind.Ratio _ -> Double.toString(Double.parseDouble(text));
            case SettingKind.Flag _ -> text;
            case SettingKind.Choice _, SettingKind.Text _ -> JsonText.quoted(text);
        };
    }

    /// These, and those of `weaker` that are not set here.
    public PolicyValues over(PolicyValues weaker) {
        if (weaker.values.isEmpty()) {
            return this;
        }
        if (values.isEmpty()) {
            return weaker;
        }
        var all = new EnumMap<>(weaker.values);
        all.putAll(values);
        return new PolicyValues(all);
    }

    /// These, with one set to something else, or to nothing.
    public PolicyValues with(PolicySetting setting, Optional<String> value) {
        if (value.isEmpty() && !values.containsKey(setting)) {
            return this;
        }
        var all = new EnumMap<PolicySetting, String>(PolicySetting.class);
        all.putAll(values);
        value.ifPresentOrElse(text -> all.put(setting, text), () -> all.remove(setting));
        return of(all);
    }

    public boolean isEmpty() {
        return values.isEmpty();
    }

    /// Whether somebody has set it, be it to nothing.
    public boolean isGiven(PolicySetting setting) {
        return values.containsKey(setting);
    }

    /// What somebody has set, whether it is legal or not.
    public Optional<String> given(PolicySetting setting) {
        return Optional.ofNullable(values.get(setting));
    }

    public void forEach(BiConsumer<PolicySetting, String> each) {
        for (var setting : PolicySetting.values()) {
            var value = values.get(setting);
            if (value != null) {
                each.accept(setting, value);
            }
        }
    }

    /// The first one that something is found about, in the table's order.
    Optional<String> find(BiFunction<PolicySetting, String, Optional<String>> look) {
        for (var setting : PolicySetting.values()) {
            var value = values.get(setting);
            var found = value == null ? Optional.<String>empty() : look.apply(setting, value);
            if (found.isPresent()) {
                return found;
            }
        }
        return Optional.empty();
    }

    /// What was set; empty where nothing, or nothing legal, was: then the default holds.
    public Optional<String> text(PolicySetting setting) {
        var value = values.get(setting);
        return value == null || value.isEmpty() || setting.kind().problem(value).isPresent()
                ? Optional.empty()
                : Optional.of(value);
    }

    private String orDefault(PolicySetting setting) {
        return text(setting).orElse(setting.defaultText());
    }

    /// @return the default where it is not set, -1 where that is unset too
    long number(PolicySetting setting) {
        var text = orDefault(setting);
        return text.isEmpty() ? -1 : Long.parseLong(text);
    }

    double ratio(PolicySetting setting) {
        return Double.parseDouble(orDefault(setting));
    }

    boolean flag(PolicySetting setting) {
        return Boolean.parseBoolean(orDefault(setting));
    }

    String word(PolicySetting setting) {
        return orDefault(setting);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof PolicyValues those && values.equals(those.values);
    }

    @Override
    public int hashCode() {
        return values.hashCode();
    }

    @Override
    public String toString() {
        return values.keySet().toString();
    }
}
