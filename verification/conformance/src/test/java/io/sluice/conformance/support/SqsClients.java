package io.sluice.conformance.support;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.http.apache.ApacheHttpClient;
import software.amazon.awssdk.http.nio.netty.NettyNioAsyncHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.sqs.SqsAsyncClient;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.Message;
import software.amazon.awssdk.services.sqs.model.MessageSystemAttributeName;
import software.amazon.awssdk.services.sqs.model.QueueAttributeName;
import software.amazon.awssdk.services.sqs.model.ReceiveMessageRequest;

/// The SQS clients of one test: Amazon's SDK for Java, closed when the test ends, and with them go the queues that the test made here.
public final class SqsClients implements AutoCloseable {
    private static final StaticCredentialsProvider CREDENTIALS =
            StaticCredentialsProvider.create(AwsBasicCredentials.create("test", "test"));

    private final SqsAddress address;
    private final Deque<String> made = new ArrayDeque<>();
    private @Nullable SqsClient client;
    private @Nullable SqsAsyncClient async;

    SqsClients(SqsAddress address) {
        this.address = address;
    }

    public SqsAddress address() {
        return address;
    }

    /// A name that no other test has.
    public String name(String hint) {
        return address.name(hint);
    }

    /// The blocking client, which checks the MD5 of all that it sends and receives.
    public SqsClient client() {
        var there = client;
        if (there == null) {
            there =
                    SqsClient.builder()
                            .endpointOverride(address.endpoint())
                            .region(Region.US_EAST_1)
                            .credentialsProvider(CREDENTIALS)
                            .httpClientBuilder(ApacheHttpClient.builder().maxConnections(100))
                            .build();
            client = there;
        }
        return there;
    }

    /// The client of futures, which holds many calls at once.
    public SqsAsyncClient async() {
        var there = async;
        if (there == null) {
            there =
                    SqsAsyncClient.builder()
                            .endpointOverride(address.endpoint())
                            .region(Region.US_EAST_1)
                            .credentialsProvider(CREDENTIALS)
                            .httpClientBuilder(
                                    NettyNioAsyncHttpClient.builder().maxConcurrency(500))
                            .build();
            async = there;
        }
        return there;
    }

    /// The URL of a standard queue that has a name of its own.
    public String queue(String hint) {
        return queue(hint, Map.of());
    }

    public String queue(String hint, Map<QueueAttributeName, String> attributes) {
        return created(name(hint), attributes);
    }

    /// The URL of a FIFO queue that has a name of its own.
    public String fifo(String hint) {
        return fifo(hint, Map.of());
    }

    public String fifo(String hint, Map<QueueAttributeName, String> attributes) {
        var all = new EnumMap<QueueAttributeName, String>(QueueAttributeName.class);
        all.put(QueueAttributeName.FIFO_QUEUE, "true");
        all.putAll(attributes);
        return created(name(hint) + ".fifo", all);
    }

    /// Creates the queue and has it deleted when the test ends.
    public String created(String name, Map<QueueAttributeName, String> attributes) {
        return removed(
                client().createQueue(b -> b.queueName(name).attributes(attributes)).queueUrl());
    }

    /// Has the queue deleted when the test ends.
    public String removed(String url) {
        made.push(url);
        return url;
    }

    /// Sends to a standard queue. Returns the message's id.
    public String send(String url, String body) {
        return client().sendMessage(b -> b.queueUrl(url).messageBody(body)).messageId();
    }

    /// Sends `bodies` to a standard queue, one behind the other.
    public void sendEach(String url, String... bodies) {
        for (var body : bodies) {
            var _ = send(url, body);
        }
    }

    /// Sends to a FIFO queue; `body` is the deduplication id as well. Returns the sequence number.
    public String sendTo(String url, String group, String body) {
        return client().sendMessage(
                        b ->
                                b.queueUrl(url)
                                        .messageBody(body)
                                        .messageGroupId(group)
                                        .messageDeduplicationId(body))
                .sequenceNumber();
    }

    /// What is there now, with all that is known of it.
    public List<Message> receive(String url, int max) {
        return receive(url, b -> b.maxNumberOfMessages(max));
    }

    public List<Message> receive(String url, Consumer<ReceiveMessageRequest.Builder> changes) {
        return client().receiveMessage(
                        b ->
                                b.queueUrl(url)
                                        .messageSystemAttributeNames(MessageSystemAttributeName.ALL)
                                        .messageAttributeNames("All")
                                        .applyMutation(changes))
                .messages();
    }

    /// Receives until `count` messages have come.
    public List<Message> receiveAll(String url, int count) {
        var all = new ArrayList<Message>();
        var deadline = System.nanoTime() + 30_000_000_000L;
        while (all.size() < count) {
            all.addAll(receive(url, b -> b.maxNumberOfMessages(10).waitTimeSeconds(1)));
            if (System.nanoTime() > deadline) {
                throw new AssertionError(all.size() + " of " + count + " came: " + bodies(all));
            }
        }
        return all;
    }

    /// The next message, which must come within the longest of polls.
    public Message next(String url) {
        var messages = receive(url, b -> b.maxNumberOfMessages(1).waitTimeSeconds(20));
        if (messages.isEmpty()) {
            throw new AssertionError("nothing came");
        }
        return messages.getFirst();
    }

    public void delete(String url, Message message) {
        var _ = client().deleteMessage(b -> b.queueUrl(url).receiptHandle(message.receiptHandle()));
    }

    /// Has `message` hidden for so long from now on; 0: gives it back.
    public void hide(String url, Message message, int seconds) {
        var _ =
                client().changeMessageVisibility(
                                b ->
                                        b.queueUrl(url)
                                                .receiptHandle(message.receiptHandle())
                                                .visibilityTimeout(seconds));
    }

    public static List<String> bodies(List<Message> messages) {
        return messages.stream().map(Message::body).toList();
    }

    public Map<QueueAttributeName, String> attributes(String url) {
        return client().getQueueAttributes(
                        b -> b.queueUrl(url).attributeNames(QueueAttributeName.ALL))
                .attributes();
    }

    /// The value of one attribute, null if the queue does not have it.
    public @Nullable String attribute(String url, QueueAttributeName name) {
        return attributes(url).get(name);
    }

    public void set(String url, QueueAttributeName name, String value) {
        var _ = client().setQueueAttributes(b -> b.queueUrl(url).attributes(Map.of(name, value)));
    }

    public String arn(String url) {
        var arn = attribute(url, QueueAttributeName.QUEUE_ARN);
        if (arn == null) {
            throw new AssertionError("a queue without an ARN: " + url);
        }
        return arn;
    }

    /// The name at the end of a queue's URL.
    public static String nameOf(String url) {
        return url.substring(url.lastIndexOf('/') + 1);
    }

    @Override
    public void close() {
        for (var url : made) {
            try {
                var _ = client().deleteQueue(b -> b.queueUrl(url));
            } catch (SdkException gone) {
                // With the broker, or the test has deleted it.
            }
        }
        if (client != null) {
            client.close();
        }
        if (async != null) {
            async.close();
        }
    }
}
