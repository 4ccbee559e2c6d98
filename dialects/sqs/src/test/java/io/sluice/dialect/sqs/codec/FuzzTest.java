package io.sluice.dialect.sqs.codec;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.base.Rng;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.Test;

/// Requests that no client would send. Whatever they are, they are understood or refused, and nothing else.
class FuzzTest {
    private static final String[] JSON = {
        "{\"QueueUrl\":\"http://h/0/q\",\"Entries\":[{\"Id\":\"1\",\"MessageBody\":\"one\",\"DelaySeconds\":1,\"MessageAttributes\":{\"b\":{\"DataType\":\"Binary\",\"BinaryValue\":\"AP8=\"}}}]}",
        "{\"QueueName\":\"q\",\"Attributes\":{\"VisibilityTimeout\":\"40\",\"RedrivePolicy\":\"{\\\"deadLetterTargetArn\\\":\\\"arn:aws:sqs:r:0:d\\\",\\\"maxReceiveCount\\\":1}\"},\"tags\":{\"a\":\"b\"}}",
        "{\"QueueUrl\":\"http://h/0/q\",\"AttributeNames\":[\"All\"],\"MaxNumberOfMessages\":10,\"x\":[1.5e3,true,null,{}]}"
    };

    private static final String[] FORMS = {
        "QueueUrl=http%3A%2F%2Fh%2F0%2Fq&SendMessageBatchRequestEntry.1.Id=1&SendMessageBatchRequestEntry.1.MessageBody=one&SendMessageBatchRequestEntry.1.MessageAttribute.1.Name=s&SendMessageBatchRequestEntry.1.MessageAttribute.1.Value.DataType=String&SendMessageBatchRequestEntry.1.MessageAttribute.1.Value.StringValue=x",
        "QueueName=q&Attribute.1.Name=VisibilityTimeout&Attribute.1.Value=40&Tag.1.Key=a&Tag.1.Value=b+c",
        "QueueUrl=q&AttributeName.1=All&MaxNumberOfMessages=10&Label=l&AWSAccountId.1=1&ActionName.1=*&MessageBody=x"
    };

    private static final String[] ACTIONS = {
        "SendMessageBatch",
        "SendMessage",
        "CreateQueue",
        "ReceiveMessage",
        "AddPermission",
        "DeleteMessageBatch",
        "SetQueueAttributes",
        "TagQueue",
        "StartMessageMoveTask"
    };

    @Test
    void damagedJsonIsUnderstoodOrRefused() {
        for (long seed = 1; seed <= 20_000; seed++) {
            Rng.run(
                    seed,
                    rng ->
                            answered(
                                    new RawRequest(
                                            "POST",
                                            "/",
                                            "",
                                            Map.of(
                                                            "x-amz-target",
                                                            "AmazonSQS."
                                                                    + ACTIONS[
                                                                            rng.below(
                                                                                    ACTIONS.length)])
                                                    ::get,
                                            damaged(rng, JSON[rng.below(JSON.length)]))));
        }
    }

    @Test
    void damagedFormsAreUnderstoodOrRefused() {
        for (long seed = 1; seed <= 20_000; seed++) {
            Rng.run(
                    seed,
                    rng -> {
                        var form =
                                "Action="
                                        + ACTIONS[rng.below(ACTIONS.length)]
                                        + "&"
                                        + FORMS[rng.below(FORMS.length)];
                        var body = damaged(rng, form);
                        var path = rng.chance(50) ? "/" : "/" + Asked.text(damaged(rng, "0/q"));
                        answered(
                                new RawRequest(
                                        "POST",
                                        path,
                                        rng.chance(50) ? "" : Asked.text(body),
                                        Map.<String, String>of()::get,
                                        body));
                    });
        }
    }

    /// And the answer can be written, in every protocol.
    private static void answered(RawRequest request) {
        switch (Asked.decode(request)) {
            case Decoded.Understood(var operation) -> assertThat(operation.action()).isNotNull();
            case Decoded.Refused(var error) -> {
                for (var wire : Wire.values()) {
                    assertThat(Replies.encode(wire, error, "id").body().hasRemaining()).isTrue();
                }
            }
        }
    }

    private static ByteBuffer damaged(Rng rng, String text) {
        var bytes = text.getBytes(StandardCharsets.UTF_8);
        var length = bytes.length;
        for (int i = rng.below(5); i > 0; i--) {
            switch (rng.below(3)) {
                case 0 -> bytes[rng.below(bytes.length)] = (byte) rng.nextLong();
                case 1 -> {
                    var from = rng.below(bytes.length);
                    var to = rng.below(bytes.length);
                    var count = rng.below(bytes.length - Math.max(from, to));
                    System.arraycopy(bytes, from, bytes, to, count);
                }
                default -> length = 1 + rng.below(length);
            }
        }
        return ByteBuffer.wrap(bytes, 0, length);
    }
}
