package io.sluice.dialect.sqs.codec;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.dialect.sqs.protocol.AttributeFilter;
import io.sluice.dialect.sqs.protocol.BatchEntry;
import io.sluice.dialect.sqs.protocol.MessageAttribute;
import io.sluice.dialect.sqs.protocol.MessageToSend;
import io.sluice.dialect.sqs.protocol.Operation;
import io.sluice.dialect.sqs.protocol.QueueAddress;
import io.sluice.dialect.sqs.protocol.VisibilityChange;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

/// Bodies as boto3 sent them: 1.43 in JSON, 1.26 as forms. Both mean the same.
class GoldenRequestsTest {
    private static final String URL = "http://127.0.0.1:9324/000000000000/q";
    private static final String FORM_URL = "http%3A%2F%2F127.0.0.1%3A9324%2F000000000000%2Fq";
    private static final QueueAddress QUEUE = new QueueAddress(Optional.of("000000000000"), "q");

    private static void mean(String action, String json, String form, Operation operation) {
        assertThat(operation.action().wireName()).isEqualTo(action);
        assertThat(Asked.understood(Asked.json(action, json.replace("{URL}", URL))))
                .isEqualTo(operation);
        var body = "Action=" + action + "&Version=2012-11-05&" + form.replace("{URL}", FORM_URL);
        assertThat(Asked.understood(Asked.form(body))).isEqualTo(operation);
        assertThat(Asked.understood(Asked.get("/", body))).isEqualTo(operation);
    }

    @Test
    void createQueue() {
        mean(
                "CreateQueue",
                """
                {"QueueName": "q", "Attributes": {"VisibilityTimeout": "40", "DelaySeconds": "0"}, "tags": {"a": "b c"}}""",
                "QueueName=q&Attribute.1.Name=VisibilityTimeout&Attribute.1.Value=40&Attribute.2.Name=DelaySeconds&Attribute.2.Value=0&Tag.1.Key=a&Tag.1.Value=b+c",
                new Operation.CreateQueue(
                        "q",
                        Map.of("VisibilityTimeout", "40", "DelaySeconds", "0"),
                        Map.of("a", "b c")));
    }

    @Test
    void sendMessage() {
        mean(
                "SendMessage",
                """
                {"QueueUrl": "{URL}", "MessageBody": "h\\u00e9 &<\\">\\r\\n+", "DelaySeconds": 0, "MessageAttributes": {"n": {"DataType": "Number.int", "StringValue": "1"}, "b": {"DataType": "Binary", "BinaryValue": "AP8="}}, "MessageSystemAttributes": {"AWSTraceHeader": {"DataType": "String", "StringValue": "Root=1"}}}""",
                "QueueUrl={URL}&MessageBody=h%C3%A9+%26%3C%22%3E%0D%0A%2B&DelaySeconds=0&MessageAttribute.1.Name=n&MessageAttribute.1.Value.DataType=Number.int&MessageAttribute.1.Value.StringValue=1&MessageAttribute.2.Name=b&MessageAttribute.2.Value.DataType=Binary&MessageAttribute.2.Value.BinaryValue=AP8%3D&MessageSystemAttribute.1.Name=AWSTraceHeader&MessageSystemAttribute.1.Value.DataType=String&MessageSystemAttribute.1.Value.StringValue=Root%3D1",
                new Operation.SendMessage(
                        QUEUE,
                        new MessageToSend(
                                Asked.utf8("hé &<\">\r\n+"),
                                Map.of(
                                        "n",
                                        new MessageAttribute.Text("Number.int", "1"),
                                        "b",
                                        new MessageAttribute.Binary(
                                                "Binary", ByteBuffer.wrap(new byte[] {0, -1}))),
                                Map.of(
                                        "AWSTraceHeader",
                                        new MessageAttribute.Text("String", "Root=1")),
                                OptionalInt.of(0),
                                Optional.empty(),
                                Optional.empty())));
    }

    private static MessageToSend message(
            String body, Map<String, MessageAttribute> attributes, Optional<String> group) {
        return new MessageToSend(
                Asked.utf8(body),
                attributes,
                Map.of(),
                OptionalInt.empty(),
                Optional.empty(),
                group);
    }

    @Test
    void sendMessageBatch() {
        mean(
                "SendMessageBatch",
                """
                {"QueueUrl": "{URL}", "Entries": [{"Id": "1", "MessageBody": "one", "MessageGroupId": "g"}, {"Id": "2", "MessageBody": "two", "MessageAttributes": {"s": {"DataType": "String", "StringValue": "x"}}}]}""",
                "QueueUrl={URL}&SendMessageBatchRequestEntry.1.Id=1&SendMessageBatchRequestEntry.1.MessageBody=one&SendMessageBatchRequestEntry.1.MessageGroupId=g&SendMessageBatchRequestEntry.2.Id=2&SendMessageBatchRequestEntry.2.MessageBody=two&SendMessageBatchRequestEntry.2.MessageAttribute.1.Name=s&SendMessageBatchRequestEntry.2.MessageAttribute.1.Value.DataType=String&SendMessageBatchRequestEntry.2.MessageAttribute.1.Value.StringValue=x",
                new Operation.SendMessageBatch(
                        QUEUE,
                        List.of(
                                new BatchEntry<>("1", message("one", Map.of(), Optional.of("g"))),
                                new BatchEntry<>(
                                        "2",
                                        message(
                                                "two",
                                                Map.of(
                                                        "s",
                                                        new MessageAttribute.Text("String", "x")),
                                                Optional.empty()))),
                        List.of()));
    }

    @Test
    void receiveMessage() {
        mean(
                "ReceiveMessage",
                """
                {"QueueUrl": "{URL}", "AttributeNames": ["All"], "MessageAttributeNames": ["a", "b.*"], "MaxNumberOfMessages": 10, "WaitTimeSeconds": 20, "VisibilityTimeout": 0}""",
                "QueueUrl={URL}&AttributeName.1=All&MessageAttributeName.1=a&MessageAttributeName.2=b.%2A&MaxNumberOfMessages=10&WaitTimeSeconds=20&VisibilityTimeout=0",
                new Operation.ReceiveMessage(
                        QUEUE,
                        AttributeFilter.ALL,
                        AttributeFilter.of(List.of("a", "b.*")),
                        10,
                        OptionalInt.of(0),
                        OptionalInt.of(20),
                        Optional.empty()));
    }

    @Test
    void deleteMessageBatch() {
        mean(
                "DeleteMessageBatch",
                """
                {"QueueUrl": "{URL}", "Entries": [{"Id": "1", "ReceiptHandle": "r/+="}]}""",
                "QueueUrl={URL}&DeleteMessageBatchRequestEntry.1.Id=1&DeleteMessageBatchRequestEntry.1.ReceiptHandle=r%2F%2B%3D",
                new Operation.DeleteMessageBatch(
                        QUEUE, List.of(new BatchEntry<>("1", "r/+=")), List.of()));
    }

    @Test
    void changeMessageVisibilityBatch() {
        mean(
                "ChangeMessageVisibilityBatch",
                """
                {"QueueUrl": "{URL}", "Entries": [{"Id": "1", "ReceiptHandle": "r", "VisibilityTimeout": 5}]}""",
                "QueueUrl={URL}&ChangeMessageVisibilityBatchRequestEntry.1.Id=1&ChangeMessageVisibilityBatchRequestEntry.1.ReceiptHandle=r&ChangeMessageVisibilityBatchRequestEntry.1.VisibilityTimeout=5",
                new Operation.ChangeMessageVisibilityBatch(
                        QUEUE,
                        List.of(new BatchEntry<>("1", new VisibilityChange("r", 5))),
                        List.of()));
    }

    @Test
    void tagsAndPermissions() {
        mean(
                "TagQueue",
                "{\"QueueUrl\": \"{URL}\", \"Tags\": {\"k\": \"v\"}}",
                "QueueUrl={URL}&Tag.1.Key=k&Tag.1.Value=v",
                new Operation.TagQueue(QUEUE, Map.of("k", "v")));
        mean(
                "UntagQueue",
                "{\"QueueUrl\": \"{URL}\", \"TagKeys\": [\"k\", \"l\"]}",
                "QueueUrl={URL}&TagKey.1=k&TagKey.2=l",
                new Operation.UntagQueue(QUEUE, List.of("k", "l")));
        mean(
                "AddPermission",
                """
                {"QueueUrl": "{URL}", "Label": "l", "AWSAccountIds": ["1", "2"], "Actions": ["SendMessage"]}""",
                "QueueUrl={URL}&Label=l&AWSAccountId.1=1&AWSAccountId.2=2&ActionName.1=SendMessage",
                new Operation.AddPermission(QUEUE, "l", List.of("1", "2"), List.of("SendMessage")));
    }

    @Test
    void attributesAndQueues() {
        mean(
                "GetQueueAttributes",
                "{\"QueueUrl\": \"{URL}\", \"AttributeNames\": [\"All\"]}",
                "QueueUrl={URL}&AttributeName.1=All",
                new Operation.GetQueueAttributes(QUEUE, List.of("All")));
        mean(
                "SetQueueAttributes",
                "{\"QueueUrl\": \"{URL}\", \"Attributes\": {\"RedrivePolicy\": \"\"}}",
                "QueueUrl={URL}&Attribute.1.Name=RedrivePolicy&Attribute.1.Value=",
                new Operation.SetQueueAttributes(QUEUE, Map.of("RedrivePolicy", "")));
        mean(
                "ListQueues",
                "{\"QueueNamePrefix\": \"a\", \"MaxResults\": 2}",
                "QueueNamePrefix=a&MaxResults=2",
                new Operation.ListQueues("a", Optional.empty(), OptionalInt.of(2)));
        mean(
                "ListQueues",
                "{}",
                "",
                new Operation.ListQueues("", Optional.empty(), OptionalInt.empty()));
    }
}
