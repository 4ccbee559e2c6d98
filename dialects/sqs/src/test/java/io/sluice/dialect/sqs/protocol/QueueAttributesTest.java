package io.sluice.dialect.sqs.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/// Settings of queues: what may be set, and what then holds.
class QueueAttributesTest {
    private static final String DEAD = "arn:aws:sqs:us-east-1:000000000000:dead";

    private static void isRefused(Optional<SqsError> error, ErrorKind kind, String message) {
        assertThat(error).contains(new SqsError(kind, message));
    }

    @Test
    void rangesAreThoseOfTheService() {
        for (var range :
                List.of(
                        List.of("DelaySeconds", "0", "900", "-1", "901"),
                        List.of("MaximumMessageSize", "1024", "1048576", "1023", "1048577"),
                        List.of("MessageRetentionPeriod", "60", "1209600", "59", "1209601"),
                        List.of("ReceiveMessageWaitTimeSeconds", "0", "20", "-1", "21"),
                        List.of("VisibilityTimeout", "0", "43200", "x", "43201"),
                        List.of("KmsDataKeyReusePeriodSeconds", "60", "86400", "59", "86401"))) {
            var name = range.getFirst();
            assertThat(QueueAttributes.checkNew(Map.of(name, range.get(1)))).isEmpty();
            assertThat(QueueAttributes.checkNew(Map.of(name, range.get(2)))).isEmpty();
            for (var bad : range.subList(3, 5)) {
                isRefused(
                        QueueAttributes.checkNew(Map.of(name, bad)),
                        ErrorKind.INVALID_PARAMETER_VALUE,
                        "Invalid value for the parameter " + name + ".");
            }
        }
    }

    @Test
    void whatIsOfFifoQueuesIsUnknownElsewhere() {
        for (var name :
                List.of(
                        "FifoQueue",
                        "ContentBasedDeduplication",
                        "DeduplicationScope",
                        "FifoThroughputLimit",
                        "QueueArn",
                        "Nonsense")) {
            isRefused(
                    QueueAttributes.checkChange(Map.of(name, "false"), false),
                    ErrorKind.INVALID_ATTRIBUTE_NAME,
                    "Unknown Attribute " + name + ".");
        }
        assertThat(
                        QueueAttributes.checkNew(
                                Map.of(
                                        "FifoQueue", "true",
                                        "ContentBasedDeduplication", "true",
                                        "DeduplicationScope", "messageGroup",
                                        "FifoThroughputLimit", "perMessageGroupId")))
                .isEmpty();
    }

    @Test
    void aFifoQueueStaysOne() {
        isRefused(
                QueueAttributes.checkChange(Map.of("FifoQueue", "false"), true),
                ErrorKind.INVALID_ATTRIBUTE_VALUE,
                "Invalid value for the parameter FifoQueue. Reason: Modifying queue type is not supported.");
        assertThat(QueueAttributes.checkChange(Map.of("FifoQueue", "true"), true)).isEmpty();
    }

    @Test
    void aThroughputPerGroupNeedsDeduplicationPerGroup() {
        var perGroup = Map.of("FifoThroughputLimit", "perMessageGroupId");
        var text =
                "Value perMessageGroupId for parameter FifoThroughputLimit is invalid. Reason: It is allowed only where DeduplicationScope is messageGroup.";
        isRefused(
                QueueAttributes.checkNew(
                        Map.of("FifoQueue", "true", "FifoThroughputLimit", "perMessageGroupId")),
                ErrorKind.INVALID_PARAMETER_VALUE,
                text);
        var plain = new QueueAttributes(Map.of(), true);
        isRefused(plain.checkBeside(perGroup), ErrorKind.INVALID_PARAMETER_VALUE, text);
        var scoped = plain.with(Map.of("DeduplicationScope", "messageGroup"));
        assertThat(scoped.checkBeside(perGroup)).isEmpty();
        isRefused(
                scoped.with(perGroup).checkBeside(Map.of("DeduplicationScope", "queue")),
                ErrorKind.INVALID_PARAMETER_VALUE,
                text);
        assertThat(
                        scoped.with(perGroup)
                                .checkBeside(
                                        Map.of(
                                                "DeduplicationScope", "queue",
                                                "FifoThroughputLimit", "perQueue")))
                .isEmpty();
        assertThat(scoped.with(perGroup).checkBeside(Map.of("DelaySeconds", "1"))).isEmpty();
    }

    @Test
    void onlyOneWayOfEncryptionHoldsAtATime() {
        isRefused(
                QueueAttributes.checkNew(
                        Map.of("KmsMasterKeyId", "k", "SqsManagedSseEnabled", "true")),
                ErrorKind.INVALID_ATTRIBUTE_NAME,
                "You can use one type of server-side encryption (SSE) at one time. You can either enable KMS SSE or SQS SSE.");
        var plain = new QueueAttributes(Map.of(), false);
        assertThat(plain.value(QueueAttribute.SQS_MANAGED_SSE_ENABLED)).contains("true");
        var kms = plain.with(Map.of("KmsMasterKeyId", "k", "KmsDataKeyReusePeriodSeconds", "60"));
        assertThat(kms.value(QueueAttribute.SQS_MANAGED_SSE_ENABLED)).contains("false");
        var back = kms.with(Map.of("SqsManagedSseEnabled", "true"));
        assertThat(back.value(QueueAttribute.KMS_MASTER_KEY_ID)).isEmpty();
        assertThat(back.value(QueueAttribute.KMS_DATA_KEY_REUSE_PERIOD_SECONDS)).isEmpty();
    }

    @Test
    void defaultsHoldUntilSomethingIsSet() {
        var queue = new QueueAttributes(Map.of(), false);
        assertThat(queue.delaySeconds()).isZero();
        assertThat(queue.messageBytesMax()).isEqualTo(1_048_576);
        assertThat(queue.retentionSeconds()).isEqualTo(345_600);
        assertThat(queue.visibilitySeconds()).isEqualTo(30);
        assertThat(queue.value(QueueAttribute.CONTENT_BASED_DEDUPLICATION)).isEmpty();
        assertThat(new QueueAttributes(Map.of(), true).value(QueueAttribute.DEDUPLICATION_SCOPE))
                .contains("queue");
        assertThat(queue.with(Map.of("DelaySeconds", "7")).delaySeconds()).isEqualTo(7);
        assertThat(queue.firstDifference(Map.of("VisibilityTimeout", "30"))).isEmpty();
        assertThat(queue.firstDifference(Map.of("VisibilityTimeout", "31")))
                .contains("VisibilityTimeout");
    }

    @Test
    void anEmptyPolicyTakesItAway() {
        var policy = "{\"deadLetterTargetArn\":\"" + DEAD + "\",\"maxReceiveCount\":\"3\"}";
        assertThat(QueueAttributes.checkNew(Map.of("RedrivePolicy", policy))).isEmpty();
        assertThat(QueueAttributes.checkNew(Map.of("RedrivePolicy", "", "Policy", ""))).isEmpty();
        var queue = new QueueAttributes(Map.of("RedrivePolicy", policy), false);
        assertThat(queue.redrivePolicy())
                .contains(new RedrivePolicy(new QueueArn("us-east-1", "000000000000", "dead"), 3));
        assertThat(queue.with(Map.of("RedrivePolicy", "")).redrivePolicy()).isEmpty();
    }

    @Test
    void redrivePoliciesAreReadWithCare() {
        var dummy = "{\"deadLetterTargetArn\": \"dummy\", \"maxReceiveCount\": 42}";
        isRefused(
                QueueAttributes.checkNew(Map.of("RedrivePolicy", dummy)),
                ErrorKind.INVALID_PARAMETER_VALUE,
                "Value "
                        + dummy
                        + " for parameter RedrivePolicy is invalid. Reason: Invalid value for deadLetterTargetArn.");
        for (var bad :
                List.of(
                        "x",
                        "[]",
                        "{}",
                        "{\"deadLetterTargetArn\":\"" + DEAD + "\"}",
                        "{\"deadLetterTargetArn\":\"" + DEAD + "\",\"maxReceiveCount\":0}",
                        "{\"deadLetterTargetArn\":\"" + DEAD + "\",\"maxReceiveCount\":1001}",
                        "{\"deadLetterTargetArn\":[],\"maxReceiveCount\":1}")) {
            assertThat(QueueAttributes.checkNew(Map.of("RedrivePolicy", bad)))
                    .map(SqsError::kind)
                    .contains(ErrorKind.INVALID_PARAMETER_VALUE);
        }
    }

    @Test
    void redriveAllowPoliciesSayWhoseLettersAreTaken() {
        var source = new QueueArn("us-east-1", "000000000000", "source");
        assertThat(allows("{\"redrivePermission\":\"allowAll\"}", source)).isTrue();
        assertThat(allows("{\"redrivePermission\":\"denyAll\"}", source)).isFalse();
        var byQueue = "{\"redrivePermission\":\"byQueue\",\"sourceQueueArns\":[\"%s\"]}";
        assertThat(allows(byQueue.formatted(source.text()), source)).isTrue();
        assertThat(allows(byQueue.formatted(DEAD), source)).isFalse();
        for (var bad :
                List.of(
                        "x",
                        "{}",
                        "{\"redrivePermission\":\"byQueue\"}",
                        "{\"redrivePermission\":\"byQueue\",\"sourceQueueArns\":[]}",
                        "{\"redrivePermission\":\"byQueue\",\"sourceQueueArns\":[\"x\"]}",
                        "{\"redrivePermission\":\"denyAll\",\"sourceQueueArns\":[]}")) {
            assertThat(QueueAttributes.checkNew(Map.of("RedriveAllowPolicy", bad))).isPresent();
        }
    }

    private static boolean allows(String policy, QueueArn source) {
        return RedriveAllowPolicy.parse(policy).policy().orElseThrow().allows(source);
    }

    // ---- addresses

    @Test
    void aQueueIsFoundByUrlPathOrName() {
        var whole = new QueueAddress(Optional.of("000000000000"), "q.fifo");
        for (var url :
                List.of(
                        "http://127.0.0.1:9324/000000000000/q.fifo",
                        "https://sqs.us-east-1.amazonaws.com/000000000000/q.fifo",
                        "http://proxy/queue/000000000000/q.fifo",
                        "http://h/000000000000/q.fifo/",
                        "http://h/000000000000/q.fifo?x=/y",
                        "/000000000000/q.fifo",
                        "000000000000/q.fifo")) {
            assertThat(QueueAddress.of(url)).as(url).contains(whole);
        }
        var bare = new QueueAddress(Optional.empty(), "q");
        assertThat(QueueAddress.of("q")).contains(bare);
        assertThat(QueueAddress.of("/q")).contains(bare);
        assertThat(QueueAddress.of("http://h/q")).contains(bare);
        for (var none : List.of("", "/", "http://h", "http://h/", "//")) {
            assertThat(QueueAddress.of(none)).as(none).isEmpty();
        }
    }
}
