package io.sluice.dialect.kafka.admin;

import io.sluice.broker.Broker;
import io.sluice.broker.CatalogChange;
import io.sluice.broker.Topic;
import io.sluice.dialect.kafka.KafkaSettings;
import io.sluice.dialect.kafka.config.Configs;
import io.sluice.dialect.kafka.config.GroupConfigs;
import io.sluice.dialect.kafka.config.Setting;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.common.config.ConfigDef.ConfigKey;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.protocol.Errors;
import org.apache.kafka.common.requests.ApiError;

/// Finds what a client means by a type and a name, among all that can have settings.
final class ConfigResources {
    private final Broker broker;
    private final Configs configs;

    ConfigResources(Broker broker, Configs configs) {
        this.broker = broker;
        this.configs = configs;
    }

    /// Something whose settings can be shown and changed.
    sealed interface Configurable {
        /// Every setting as it is now.
        List<Setting> describe();

        /// What was set.
        Map<String, String> set();

        Optional<ConfigKey> definition(String name);

        /// Why `wanted` cannot be all that is set.
        Optional<ApiError> refusal(Map<String, String> wanted);

        /// Makes `wanted` all that is set; nothing when that changes nothing.
        Optional<CatalogChange> change(Map<String, String> wanted);
    }

    /// @param type as in the request: a number that may mean nothing
    Checked<Configurable> find(byte type, String name) {
        return switch (ConfigResource.Type.forId(type)) {
            case TOPIC -> topic(name);
            case BROKER -> broker(name);
            case GROUP -> group(name);
            case CLIENT_METRICS ->
                    name.isEmpty()
                            ? invalid("Client metrics subscription name must not be empty")
                            : Checked.good(new ClientMetrics());
            case BROKER_LOGGER ->
                    invalid("This broker's loggers are not seen or changed by the Kafka protocol.");
            case UNKNOWN -> invalid("Unknown resource type " + type);
        };
    }

    private Checked<Configurable> topic(String name) {
        if (name.isEmpty()) {
            return invalid("Default topic resources are not allowed.");
        }
        var refusal = TopicRules.nameRefusal(name);
        if (refusal.isPresent()) {
            return Checked.refused(refusal.get());
        }
        return broker.catalog()
                .topic(name)
                .map(topic -> Checked.<Configurable>good(new OfTopic(topic, configs)))
                .orElseGet(
                        () ->
                                Checked.refused(
                                        Errors.UNKNOWN_TOPIC_OR_PARTITION,
                                        "The topic '" + name + "' does not exist."));
    }

    private Checked<Configurable> broker(String name) {
        if (!name.isEmpty() && !name.equals(Integer.toString(KafkaSettings.NODE_ID))) {
            return invalid(
                    "Unexpected broker id, expected "
                            + KafkaSettings.NODE_ID
                            + " or empty string, but received "
                            + name);
        }
        return Checked.good(new OfBroker(name, configs));
    }

    private Checked<Configurable> group(String name) {
        return name.isEmpty()
                ? invalid("Group name must not be empty")
                : Checked.good(
                        new OfGroup(
                                name, broker.catalog().settings(GroupConfigs.KIND, name), configs));
    }

    private static Checked<Configurable> invalid(String message) {
        return Checked.refused(Errors.INVALID_REQUEST, message);
    }

    private static ApiError invalidConfig(String message) {
        return new ApiError(Errors.INVALID_CONFIG, message);
    }

    private record OfTopic(Topic topic, Configs configs) implements Configurable {
        @Override
        public List<Setting> describe() {
            return configs.topics().describe(topic.config());
        }

        @Override
        public Map<String, String> set() {
            return topic.config();
        }

        @Override
        public Optional<ConfigKey> definition(String name) {
            return configs.topics().definition(name);
        }

        @Override
        public Optional<ApiError> refusal(Map<String, String> wanted) {
            return configs.topics()
                    .refusal(topic.config(), wanted)
                    .map(ConfigResources::invalidConfig);
        }

        @Override
        public Optional<CatalogChange> change(Map<String, String> wanted) {
            return wanted.equals(topic.config())
                    ? Optional.empty()
                    : Optional.of(new CatalogChange.ConfigureTopic(topic.id(), wanted));
        }
    }

    /// A group need not exist to be told how it is to behave.
    private record OfGroup(String name, Map<String, String> set, Configs configs)
            implements Configurable {
        @Override
        public List<Setting> describe() {
            return configs.groups().describe(set);
        }

        @Override
        public Optional<ConfigKey> definition(String setting) {
            return configs.groups().definition(setting);
        }

        @Override
        public Optional<ApiError> refusal(Map<String, String> wanted) {
            return configs.groups().refusal(wanted).map(ConfigResources::invalidConfig);
        }

        @Override
        public Optional<CatalogChange> change(Map<String, String> wanted) {
            return wanted.equals(set)
                    ? Optional.empty()
                    : Optional.of(new CatalogChange.Configure(GroupConfigs.KIND, name, wanted));
        }
    }

    /// This broker, or with an empty name what is set for all brokers while they run, which is nothing.
    private record OfBroker(String name, Configs configs) implements Configurable {
        @Override
        public List<Setting> describe() {
            return name.isEmpty() ? List.of() : configs.broker().describe();
        }

        @Override
        public Map<String, String> set() {
            return Map.of();
        }

        @Override
        public Optional<ConfigKey> definition(String setting) {
            return configs.broker().definition(setting);
        }

        @Override
        public Optional<ApiError> refusal(Map<String, String> wanted) {
            return wanted.keySet().stream().sorted().findFirst().map(this::refusal);
        }

        private ApiError refusal(String setting) {
            return configs.broker().definition(setting).isPresent()
                    ? new ApiError(
                            Errors.INVALID_REQUEST,
                            "'"
                                    + setting
                                    + "' cannot be changed while the broker runs. What topics or groups"
                                    + " should do can be set on each of them.")
                    : invalidConfig("This broker has no setting '" + setting + "'.");
        }

        @Override
        public Optional<CatalogChange> change(Map<String, String> wanted) {
            return Optional.empty();
        }
    }

    /// Clients' own metrics are not collected, so no subscription to them has any setting.
    private record ClientMetrics() implements Configurable {
        @Override
        public List<Setting> describe() {
            return List.of();
        }

        @Override
        public Map<String, String> set() {
            return Map.of();
        }

        @Override
        public Optional<ConfigKey> definition(String name) {
            return Optional.empty();
        }

        @Override
        public Optional<ApiError> refusal(Map<String, String> wanted) {
            return wanted.isEmpty()
                    ? Optional.empty()
                    : Optional.of(
                            new ApiError(
                                    Errors.INVALID_REQUEST,
                                    "This broker does not collect the metrics of its clients."));
        }

        @Override
        public Optional<CatalogChange> change(Map<String, String> wanted) {
            return Optional.empty();
        }
    }
}
