package io.sluice.dialect.kafka.config;

import java.util.List;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.requests.DescribeConfigsResponse.ConfigSource;
import org.jspecify.annotations.Nullable;

/// One setting as a client is shown it.
///
/// @param value what applies, as text; null when nothing does
/// @param synonyms every level that has a value for it, the one that applies first
/// @param readOnly true when no request can change it
public record Setting(
        String name,
        @Nullable String value,
        ConfigDef.Type type,
        List<Synonym> synonyms,
        String documentation,
        boolean readOnly) {

    public Setting {
        synonyms = List.copyOf(synonyms);
    }

    /// Whether nobody is shown the value.
    public boolean isSensitive() {
        return type == ConfigDef.Type.PASSWORD;
    }

    /// The value as a client sees it.
    public @Nullable String shownValue() {
        return isSensitive() ? null : value;
    }

    /// Where the value comes from. Kafka calls a default what no level claims.
    public ConfigSource source() {
        return synonyms.isEmpty() ? ConfigSource.DEFAULT_CONFIG : synonyms.getFirst().source();
    }

    /// A name under which one level, such as the broker's own configuration, holds a value for a setting.
    public record Synonym(String name, @Nullable String value, ConfigSource source) {}
}
