package io.sluice.conformance.sqs.spring;

import static org.assertj.core.api.Assertions.assertThat;

import io.awspring.cloud.sqs.listener.SqsMessageListenerContainer;
import io.awspring.cloud.sqs.listener.acknowledgement.handler.AcknowledgementMode;
import io.awspring.cloud.sqs.operations.SqsTemplate;
import io.sluice.conformance.process.Until;
import io.sluice.conformance.support.Conformance;
import io.sluice.conformance.support.SqsClients;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.springframework.messaging.support.MessageBuilder;
import software.amazon.awssdk.services.sqs.model.QueueAttributeName;

@Conformance
class SpringCloudAwsTest {
    @Test
    void theTemplateSendsAndReceivesWithHeaders(SqsClients sqs) {
        var name = SqsClients.nameOf(sqs.queue("template"));
        var template = SqsTemplate.newTemplate(sqs.async());

        var sent =
                template.send(
                        name,
                        MessageBuilder.withPayload("hello").setHeader("kind", "greeting").build());
        var received =
                template.receive(
                                from -> from.queue(name).pollTimeout(Duration.ofSeconds(20)),
                                String.class)
                        .orElseThrow();

        assertThat(received.getPayload()).isEqualTo("hello");
        assertThat(received.getHeaders()).containsEntry("kind", "greeting");
        assertThat(received.getHeaders().getId()).isEqualTo(sent.messageId());
        assertThat(template.receive(from -> from.queue(name).pollTimeout(Duration.ofSeconds(1))))
                .as("the template acknowledges what it receives")
                .isEmpty();
    }

    @Test
    void aBatchIsSentAndReceived(SqsClients sqs) {
        var name = SqsClients.nameOf(sqs.queue("batch"));
        var template = SqsTemplate.newTemplate(sqs.async());
        var messages =
                IntStream.range(0, 10)
                        .mapToObj(i -> MessageBuilder.withPayload("message " + i).build())
                        .toList();

        assertThat(template.sendMany(name, messages).successful()).hasSize(10);

        var received = new ArrayList<String>();
        Until.holds(
                "all have come",
                () -> {
                    template.receiveMany(
                                    from ->
                                            from.queue(name)
                                                    .maxNumberOfMessages(10)
                                                    .pollTimeout(Duration.ofSeconds(5)),
                                    String.class)
                            .forEach(message -> received.add(message.getPayload()));
                    return received.size() >= 10;
                });
        assertThat(received).doesNotHaveDuplicates().hasSize(10);
    }

    @Test
    void aListenerIsGivenEverythingAndWhatItFailsOnAgain(SqsClients sqs) {
        var url = sqs.queue("listener", Map.of(QueueAttributeName.VISIBILITY_TIMEOUT, "2"));
        var times = new ConcurrentHashMap<String, Integer>();
        var container =
                SqsMessageListenerContainer.<String>builder()
                        .sqsAsyncClient(sqs.async())
                        .queueNames(SqsClients.nameOf(url))
                        .configure(
                                options ->
                                        options.acknowledgementMode(AcknowledgementMode.ON_SUCCESS)
                                                .pollTimeout(Duration.ofSeconds(2)))
                        .messageListener(
                                message -> {
                                    var seen = times.merge(message.getPayload(), 1, Integer::sum);
                                    if (message.getPayload().equals("message 7") && seen == 1) {
                                        throw new IllegalStateException("on purpose");
                                    }
                                })
                        .build();
        container.start();
        try {
            IntStream.range(0, 30).forEach(i -> sqs.sendEach(url, "message " + i));

            Until.holds(
                    "all have come, one of them twice",
                    () -> times.size() == 30 && times.getOrDefault("message 7", 0) == 2);
            Until.holds(
                    "all are acknowledged",
                    () ->
                            "0"
                                            .equals(
                                                    sqs.attribute(
                                                            url,
                                                            QueueAttributeName
                                                                    .APPROXIMATE_NUMBER_OF_MESSAGES))
                                    && "0"
                                            .equals(
                                                    sqs.attribute(
                                                            url,
                                                            QueueAttributeName
                                                                    .APPROXIMATE_NUMBER_OF_MESSAGES_NOT_VISIBLE)));
        } finally {
            container.stop();
        }
    }

    @Test
    void aListenerOfGroupsSeesEachInItsOrder(SqsClients sqs) {
        var url = sqs.fifo("groups");
        var seen = new ConcurrentHashMap<String, List<String>>();
        var container =
                SqsMessageListenerContainer.<String>builder()
                        .sqsAsyncClient(sqs.async())
                        .queueNames(SqsClients.nameOf(url))
                        .messageListener(
                                message ->
                                        seen.computeIfAbsent(
                                                        message.getPayload().substring(0, 1),
                                                        _ ->
                                                                Collections.synchronizedList(
                                                                        new ArrayList<>()))
                                                .add(message.getPayload()))
                        .build();
        container.start();
        try {
            for (var i = 0; i < 5; i++) {
                for (var group : List.of("a", "b", "c")) {
                    var _ = sqs.sendTo(url, group, group + i);
                }
            }
            Until.holds(
                    "all have come", () -> seen.values().stream().mapToInt(List::size).sum() == 15);
        } finally {
            container.stop();
        }
        assertThat(seen.get("a")).containsExactly("a0", "a1", "a2", "a3", "a4");
        assertThat(seen.get("b")).containsExactly("b0", "b1", "b2", "b3", "b4");
        assertThat(seen.get("c")).containsExactly("c0", "c1", "c2", "c3", "c4");
    }
}
