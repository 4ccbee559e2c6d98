package io.sluice.broker.policy;

import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// What is wrong with settings that stand among other names: a slip in a name, a setting that does not belong there, two names that say the same
/// thing differently, and all that [PolicyCheck] finds.
@SuppressWarnings("ImmutableEnumChecker") // references to methods, and a set that nobody changes
public enum NamesCheck {
    /// AMQP arguments, values as JSON text.
    ARGUMENTS("x-", PolicySetting::argument, PolicySetting::ofArgument, true) {
        @Override
        PolicyValues read(Map<String, String> named) {
            return PolicyValues.ofArguments(named);
        }
    },
    /// A RabbitMQ policy's definition, values as JSON text.
    POLICY("", PolicySetting::policyKey, PolicySetting::ofPolicyKey, true) {
        @Override
        PolicyValues read(Map<String, String> named) {
            return PolicyValues.ofPolicy(named);
        }
    },
    /// An SQS queue's tags.
    TAGS("", PolicySetting::tag, PolicySetting::ofTag, false) {
        @Override
        PolicyValues read(Map<String, String> named) {
            return PolicyValues.ofTags(named);
        }
    };

    private final String prefix;
    private final Function<PolicySetting, String> name;
    private final Function<String, Optional<PolicySetting>> find;
    private final boolean isJson;

    /// Beginnings of names that only settings have: `x-sluice-retry-`.
    private final Set<String> families;

    NamesCheck(
            String prefix,
            Function<PolicySetting, String> name,
            Function<String, Optional<PolicySetting>> find,
            boolean isJson) {
        this.prefix = prefix;
        this.name = name;
        this.find = find;
        this.isJson = isJson;
        this.families =
                Stream.of(PolicySetting.values())
                        .map(setting -> family(name.apply(setting), setting))
                        .collect(Collectors.toUnmodifiableSet());
    }

    private static String family(String name, PolicySetting setting) {
        int behindFirstWord = setting.text().length() - setting.text().indexOf('.') - 1;
        return name.substring(0, name.length() - behindFirstWord);
    }

    abstract PolicyValues read(Map<String, String> named);

    /// @param named all that is set in one place
    /// @param weaker what weaker places say
    /// @return empty: nothing is wrong
    public Optional<String> problem(Map<String, String> named, PolicyValues weaker) {
        for (var entry : new TreeMap<>(named).entrySet()) {
            var problem = problem(entry.getKey(), entry.getValue());
            if (problem.isPresent()) {
                return problem;
            }
        }
        var values = read(named);
        return values.isEmpty()
                ? Optional.empty()
                : twoNames(named, values).or(() -> PolicyCheck.problem(values, weaker));
    }

    private Optional<String> problem(String key, String value) {
        var setting = find.apply(key);
        if (setting.isEmpty()) {
            return families.stream().anyMatch(key::startsWith)
                    ? Optional.of(key + " is not a setting that there is")
                    : Optional.empty();
        }
        if (setting.get().isTopicOnly()) {
            return Optional.of(
                    key
                            + " belongs to a topic and not to a queue: set "
                            + setting.get().kafkaName()
                            + " on the topic");
        }
        boolean wrongType =
                isJson
                        && setting.get().kind() instanceof SettingKind.Text
                        && !value.startsWith("\"");
        return wrongType
                ? Optional.of(setting.get().text() + " must be a string")
                : Optional.empty();
    }

    private Optional<String> twoNames(Map<String, String> named, PolicyValues values) {
        var foreign = isJson ? foreign(named) : PolicyValues.NONE;
        return foreign.find(
                (setting, theirs) ->
                        values.given(setting)
                                .filter(ours -> !ours.equals(theirs))
                                .map(ours -> contradiction(setting, ours, named)));
    }

    private PolicyValues foreign(Map<String, String> named) {
        return prefix.isEmpty() ? ForeignNames.ofPolicy(named) : ForeignNames.ofArguments(named);
    }

    private String contradiction(PolicySetting setting, String ours, Map<String, String> named) {
        if (setting == PolicySetting.RETRY_MAX_ATTEMPTS) {
            return "%s%s is %s, which is one less than the number of attempts, but %s is %s: set one of them, or both alike"
                    .formatted(
                            prefix,
                            ForeignNames.LIMIT,
                            named.get(prefix + ForeignNames.LIMIT),
                            name.apply(setting),
                            ours);
        }
        return "%s%s is %s, but %s says that dead letters go to the queue '%s': set one of them"
                .formatted(
                        prefix,
                        ForeignNames.EXCHANGE,
                        named.get(prefix + ForeignNames.EXCHANGE),
                        name.apply(setting),
                        ours);
    }
}
