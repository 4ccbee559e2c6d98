package io.sluice.dialect.kafka.admin;

import io.sluice.broker.Broker;
import io.sluice.broker.BrokerError;
import io.sluice.broker.PartitionStatus;
import io.sluice.broker.Reply;
import io.sluice.broker.Topic;
import io.sluice.dialect.kafka.Request;
import io.sluice.dialect.kafka.RequestHandler;
import io.sluice.dialect.kafka.Responder;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.kafka.common.message.DescribeLogDirsRequestData.DescribableLogDirTopic;
import org.apache.kafka.common.message.DescribeLogDirsResponseData;
import org.apache.kafka.common.message.DescribeLogDirsResponseData.DescribeLogDirsPartition;
import org.apache.kafka.common.message.DescribeLogDirsResponseData.DescribeLogDirsResult;
import org.apache.kafka.common.message.DescribeLogDirsResponseData.DescribeLogDirsTopic;
import org.apache.kafka.common.requests.DescribeLogDirsRequest;
import org.apache.kafka.common.requests.DescribeLogDirsResponse;

/// DescribeLogDirs (35): how many bytes each partition holds, in the one directory there is.
///
/// The size of the volume is answered as unknown (-1): a dialect sees no files.
final class DescribeLogDirsHandler implements RequestHandler {
    private final Broker broker;
    private final String directory;

    /// @param directory the data directory's path, which is only shown
    DescribeLogDirsHandler(Broker broker, String directory) {
        this.broker = broker;
        this.directory = directory;
    }

    private record Asked(Topic topic, int index) {}

    private record Sized(Asked asked, long bytes) {}

    @Override
    public void handle(Request request, Responder responder) {
        Gather.<Asked, Optional<Sized>>all(
                asked(request.body(DescribeLogDirsRequest.class)),
                this::size,
                sizes ->
                        responder.answer(
                                response(sizes.stream().flatMap(Optional::stream).toList())));
    }

    private List<Asked> asked(DescribeLogDirsRequest request) {
        return request.isAllTopicPartitions()
                ? broker.catalog().topics().stream()
                        .flatMap(
                                topic ->
                                        IntStream.range(0, topic.partitions())
                                                .mapToObj(index -> new Asked(topic, index)))
                        .toList()
                : request.data().topics().stream().flatMap(this::asked).distinct().toList();
    }

    /// What does not exist is left out of the answer, as Kafka does.
    private Stream<Asked> asked(DescribableLogDirTopic wanted) {
        return broker.catalog().topic(wanted.topic()).stream()
                .flatMap(
                        topic ->
                                wanted.partitions().stream()
                                        .filter(index -> 0 <= index && index < topic.partitions())
                                        .map(index -> new Asked(topic, index)));
    }

    private void size(Asked asked, Consumer<Optional<Sized>> answer) {
        broker.status(
                asked.topic().partition(asked.index()),
                new Reply<>() {
                    @Override
                    public void done(PartitionStatus status) {
                        answer.accept(Optional.of(new Sized(asked, status.bytes())));
                    }

                    // Deleted meanwhile, or not readable: it holds nothing that could be counted.
                    @Override
                    public void refused(BrokerError error) {
                        answer.accept(Optional.empty());
                    }
                });
    }

    private DescribeLogDirsResponse response(List<Sized> sizes) {
        var topics = new LinkedHashMap<String, DescribeLogDirsTopic>();
        for (var size : sizes) {
            topics.computeIfAbsent(
                            size.asked().topic().name(),
                            name -> new DescribeLogDirsTopic().setName(name))
                    .partitions()
                    .add(
                            new DescribeLogDirsPartition()
                                    .setPartitionIndex(size.asked().index())
                                    .setPartitionSize(size.bytes()));
        }
        return new DescribeLogDirsResponse(
                new DescribeLogDirsResponseData()
                        .setResults(
                                List.of(
                                        new DescribeLogDirsResult()
                                                .setLogDir(directory)
                                                .setTopics(List.copyOf(topics.values())))));
    }
}
