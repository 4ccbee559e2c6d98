package io.sluice.dialect.kafka;

import java.util.List;
import org.apache.kafka.server.common.GroupVersion;
import org.apache.kafka.server.common.MetadataVersion;
import org.apache.kafka.server.common.ShareVersion;

/// A name under which Kafka switches on what a whole cluster must agree upon. A cluster of one broker agrees with itself at
/// once: every level is fixed by the version of the software, and none is ever changed.
///
/// @param min the lowest level that this software could speak
/// @param max the highest
/// @param level the one that it speaks
public record Feature(String name, short min, short max, short level) {
    /// What is switched on. Clients and tools take `group.version` 1 as the word that KIP-848's groups are there, `share.version` 1 that share groups are.
    public static final List<Feature> ALL =
            List.of(
                    new Feature(
                            MetadataVersion.FEATURE_NAME,
                            MetadataVersion.MINIMUM_VERSION.featureLevel(),
                            MetadataVersion.latestProduction().featureLevel(),
                            MetadataVersion.latestProduction().featureLevel()),
                    new Feature(
                            GroupVersion.FEATURE_NAME,
                            GroupVersion.GV_0.featureLevel(),
                            GroupVersion.GV_1.featureLevel(),
                            GroupVersion.GV_1.featureLevel()),
                    new Feature(
                            ShareVersion.FEATURE_NAME,
                            ShareVersion.SV_0.featureLevel(),
                            ShareVersion.SV_1.featureLevel(),
                            ShareVersion.SV_1.featureLevel()));
}
