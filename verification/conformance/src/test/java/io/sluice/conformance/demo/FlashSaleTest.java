package io.sluice.conformance.demo;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.conformance.process.BrokerProcess;
import io.sluice.conformance.process.Sluice;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FlashSaleTest {
    @Test
    void everythingGoesWrongAndNothingIsLost(@TempDir Path directory) throws Exception {
        Report report;
        try (var broker = BrokerProcess.started(Sluice.found(), directory.resolve("sale"))) {
            report = Report.of(Plan.brief(), broker, new Screen(System.err, false));
        }
        assertThat(report.verdicts()).as(report.text()).allMatch(Verdict::holds);
        assertThat(report.page()).contains("<svg", "The flash sale", "the breaker is open");
    }
}
