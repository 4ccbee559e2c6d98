package io.sluice.dialect.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.base.Clock;
import io.sluice.dialect.kafka.admin.AdminApis;
import io.sluice.dialect.kafka.config.Configs;
import io.sluice.dialect.kafka.data.DataApis;
import io.sluice.dialect.kafka.group.CoordinatorThread;
import io.sluice.dialect.kafka.group.GroupApis;
import io.sluice.dialect.kafka.group.GroupCoordination;
import io.sluice.dialect.kafka.group.GroupSettings;
import io.sluice.dialect.kafka.share.ShareApis;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// docs/kafka.md tells of every API what the routing table says, in the order of their keys.
class DocumentedApisTest {
    private static final Path PAGE = Path.of("..", "..", "docs", "kafka.md");
    private static final Pattern ROW =
            Pattern.compile("\\| (\\d+) \\| (\\w+) \\| (\\d+)(?:-(\\d+))? \\|.*");

    @Test
    void thePageIsTheRoutingTable() throws IOException {
        assertThat(documented()).isEqualTo(offered());
    }

    private static List<String> documented() throws IOException {
        return Files.readAllLines(PAGE).stream()
                .map(ROW::matcher)
                .filter(row -> row.matches())
                .map(
                        row ->
                                line(
                                        Integer.parseInt(row.group(1)),
                                        row.group(2),
                                        row.group(3),
                                        row.group(4) == null ? row.group(3) : row.group(4)))
                .toList();
    }

    private static List<String> offered() {
        try (var broker = new MemoryBroker()) {
            return RoutingTable.of(apis(broker)).apis().stream()
                    .sorted((left, right) -> Short.compare(left.key().id, right.key().id))
                    .map(
                            api ->
                                    line(
                                            api.key().id,
                                            api.key().name,
                                            Short.toString(api.minVersion()),
                                            Short.toString(api.maxVersion())))
                    .toList();
        }
    }

    private static List<Api> apis(MemoryBroker broker) {
        var settings = KafkaSettings.on(InetSocketAddress.createUnresolved("sluice.test", 9092));
        var services = new KafkaServices(broker, settings, Clock.system());
        var configs = Configs.of(settings, Map.of(), "sync", "/var/lib/sluice");
        var groups =
                new GroupCoordination(
                        broker, Clock.system(), GroupSettings.DEFAULT, new NoThread());
        return Stream.of(
                        DataApis.all(services, configs.topics()),
                        GroupApis.all(broker, groups),
                        ShareApis.all(services),
                        AdminApis.all(services, configs, "/var/lib/sluice"))
                .flatMap(List::stream)
                .toList();
    }

    private static String line(int key, String name, String min, String max) {
        return key + " " + name + " " + min + "-" + max;
    }

    /// Nothing is asked of the coordinator here.
    private record NoThread() implements CoordinatorThread {
        @Override
        public void execute(Runnable task) {
            throw new AssertionError("nobody asked for a group");
        }

        @Override
        public void later(Runnable task, long delayMillis) {
            throw new AssertionError("nobody asked for a group");
        }
    }
}
