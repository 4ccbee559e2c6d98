package io.sluice.dialect.kafka.share;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.dialect.kafka.share.ShareSettings.Begins;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ShareSettingsTest {
    @Test
    void whoSaysNothingHasKafkasDefaults() {
        assertThat(ShareSettings.of(Map.of()))
                .isEqualTo(new ShareSettings(30_000, new Begins.Latest(), true));
    }

    @Test
    void whatWasSetHolds() {
        assertThat(
                        ShareSettings.of(
                                Map.of(
                                        "share.record.lock.duration.ms", "15000",
                                        "share.auto.offset.reset", "earliest",
                                        "share.renew.acknowledge.enable", "false")))
                .isEqualTo(new ShareSettings(15_000, new Begins.Earliest(), false));
        assertThat(
                        ShareSettings.of(Map.of("share.auto.offset.reset", "by_duration:P1DT2H"))
                                .begins())
                .isEqualTo(new Begins.Ago(Duration.ofHours(26)));
    }
}
