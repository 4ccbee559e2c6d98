package io.sluice.conformance.sqs;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.json.JsonMapper;
import io.sluice.conformance.process.BrokerProcess;
import io.sluice.conformance.support.Conformance;
import io.sluice.conformance.support.ManagementAddress;
import io.sluice.conformance.support.ServedWith;
import io.sluice.conformance.support.SqsAddress;
import java.net.URI;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.auth.credentials.AnonymousCredentialsProvider;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.http.apache.ApacheHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.QueueAttributeName;

/// What is asked of a signature: nothing, that there is one, or that it is right.
@Conformance
class SignatureModesTest {
    private static final String KEY = "AKIDOFATEST";
    private static final String ACCOUNT = "123456789012";
    private static final String ANOTHER_ACCOUNT = "210987654321";
    private static final String MISMATCH = "SignatureDoesNotMatch";
    private static final Duration MINUTE = Duration.ofMinutes(1);

    // ---- verify

    @Test
    @ServedWith({"--sqs-signatures", "verify"})
    void aSecretThatTheBrokerMadeSigns(
            BrokerProcess broker, SqsAddress address, ManagementAddress admin) throws Exception {
        var made = made(admin, KEY, "{\"account\":\"" + ACCOUNT + "\"}");

        try (var client = client(address, keys(KEY, made))) {
            var url = client.createQueue(b -> b.queueName("q")).queueUrl();

            assertThat(url).endsWith("/" + ACCOUNT + "/q");
            assertThat(arn(client, url)).isEqualTo("arn:aws:sqs:eu-west-1:" + ACCOUNT + ":q");
            assertThat(client.listQueues().queueUrls()).containsExactly(url);
        }
        assertThat(refusal(address, keys(KEY, made + "x")).code()).isEqualTo(MISMATCH);
        assertThat(refusal(address, keys("AKIDOFNOBODY", made)))
                .isEqualTo(
                        new Refused(
                                "InvalidClientTokenId",
                                "The security token included in the request is invalid.",
                                403));
        assertThat(refusal(address, AnonymousCredentialsProvider.create()))
                .isEqualTo(
                        new Refused(
                                "MissingAuthenticationToken",
                                "Request is missing Authentication Token",
                                403));
    }

    @Test
    @ServedWith({"--sqs-signatures", "verify"})
    void accountsDoNotSeeEachOthersQueues(
            BrokerProcess broker, SqsAddress address, ManagementAddress admin) throws Exception {
        var one = made(admin, KEY, "{\"account\":\"" + ACCOUNT + "\"}");
        var other = made(admin, "AKIDOFANOTHER", "{\"account\":\"" + ANOTHER_ACCOUNT + "\"}");
        var noAccount = made(admin, "AKIDOFNOACCOUNT", "{}");

        try (var client = client(address, keys(KEY, one));
                var second = client(address, keys("AKIDOFANOTHER", other));
                var third = client(address, keys("AKIDOFNOACCOUNT", noAccount))) {
            var _ = client.createQueue(b -> b.queueName("q"));

            assertThat(second.listQueues().queueUrls()).isEmpty();
            assertThat(Refused.of(() -> second.getQueueUrl(b -> b.queueName("q"))).code())
                    .isEqualTo(Refused.NO_QUEUE);
            assertThat(third.createQueue(b -> b.queueName("q")).queueUrl())
                    .endsWith("/000000000000/q");
        }
    }

    @Test
    @ServedWith({"--sqs-signatures", "verify"})
    void aClockMayBeWrongByAFewMinutesOnly(
            BrokerProcess broker, SqsAddress address, ManagementAddress admin) throws Exception {
        var signer = new Signer(KEY, made(admin, KEY, "{}"), "us-east-1");
        var list = uri(address, "ListQueues");
        try (var wire = new SqsWire(address)) {
            for (var minutes : new int[] {-4, 0, 4}) {
                var answer = wire.send(signer.late(MINUTE.multipliedBy(minutes)).signed(list));
                assertThat(answer.status()).as(answer.body()).isEqualTo(200);
            }

            var late = wire.send(signer.late(MINUTE.multipliedBy(10)).signed(list));
            assertThat(late.status()).isEqualTo(403);
            assertThat(late.element("Code")).isEqualTo(MISMATCH);
            assertThat(late.element("Message")).startsWith("Signature expired: ");
            assertThat(late.header("date")).as("by which an SDK sets its clock").isNotEmpty();

            var early = wire.send(signer.late(MINUTE.multipliedBy(-10)).signed(list));
            assertThat(early.element("Code")).isEqualTo(MISMATCH);
            assertThat(early.element("Message")).startsWith("Signature not yet current: ");
        }
    }

    @Test
    @ServedWith({"--sqs-signatures", "verify"})
    void whoeverHasAPresignedUrlMayUseItWhileItLasts(
            BrokerProcess broker, SqsAddress address, ManagementAddress admin) throws Exception {
        var secret = made(admin, KEY, "{\"account\":\"" + ACCOUNT + "\"}");
        var signer = new Signer(KEY, secret, "eu-west-1");
        try (var client = client(address, keys(KEY, secret));
                var wire = new SqsWire(address)) {
            var _ = client.createQueue(b -> b.queueName("q"));
            var attributes =
                    uri(
                            address,
                            "/" + ACCOUNT + "/q",
                            "GetQueueAttributes",
                            "AttributeName.1",
                            "QueueArn");

            var answer = wire.send(signer.presigned(attributes, MINUTE));
            assertThat(answer.status()).as(answer.body()).isEqualTo(200);
            assertThat(answer.element("Value"))
                    .isEqualTo("arn:aws:sqs:eu-west-1:" + ACCOUNT + ":q");

            var over = wire.send(signer.late(MINUTE.multipliedBy(2)).presigned(attributes, MINUTE));
            assertThat(over.status()).isEqualTo(403);
            assertThat(over.element("Code")).isEqualTo(MISMATCH);
            assertThat(over.element("Message")).startsWith("Signature expired: ");

            var url = signer.presigned(attributes, MINUTE).build().uri().toString();
            assertThat(url).contains("GetQueueAttributes");
            var altered = URI.create(url.replace("GetQueueAttributes", "PurgeQueue"));
            assertThat(wire.send(wire.request(altered.toString())).element("Code"))
                    .isEqualTo(MISMATCH);
        }
    }

    // ---- accept-any

    @Test
    @ServedWith({"--sqs-signatures", "accept-any"})
    void anySignatureWillDoButThereMustBeOne(BrokerProcess broker, SqsAddress address) {
        assertThat(refusal(address, AnonymousCredentialsProvider.create()).code())
                .isEqualTo("MissingAuthenticationToken");
        try (var client = client(address, keys("any", "thing"));
                var another = client(address, keys(ACCOUNT, "thing"));
                var wire = new SqsWire(address)) {
            assertThat(client.createQueue(b -> b.queueName("q")).queueUrl())
                    .endsWith("/000000000000/q");
            var url = another.createQueue(b -> b.queueName("q")).queueUrl();
            assertThat(url).as("a key of twelve digits is an account").endsWith(ACCOUNT + "/q");
            assertThat(arn(another, url)).isEqualTo("arn:aws:sqs:eu-west-1:" + ACCOUNT + ":q");

            var list = uri(address, "ListQueues");
            var old =
                    new Signer("any", "thing", "us-east-1")
                            .late(MINUTE.multipliedBy(60))
                            .presigned(list, MINUTE);
            assertThat(wire.send(old).status()).isEqualTo(200);
            var nonsense =
                    wire.request("/?Action=ListQueues")
                            .header("Authorization", "AWS4-HMAC-SHA256 Credential=any");
            assertThat(wire.send(nonsense).element("Code")).isEqualTo("IncompleteSignature");
        }
    }

    // ---- off

    @Test
    @ServedWith({"--sqs-signatures", "off"})
    void nothingIsAskedOfASignature(BrokerProcess broker, SqsAddress address) {
        try (var anonymous = client(address, AnonymousCredentialsProvider.create());
                var another = client(address, keys(ACCOUNT, "thing"));
                var wire = new SqsWire(address)) {
            var url = anonymous.createQueue(b -> b.queueName("q")).queueUrl();
            assertThat(url).endsWith("/000000000000/q");
            assertThat(arn(anonymous, url)).isEqualTo("arn:aws:sqs:us-east-1:000000000000:q");
            var others = another.createQueue(b -> b.queueName("q")).queueUrl();
            assertThat(arn(another, others))
                    .as("account and region are read all the same")
                    .isEqualTo("arn:aws:sqs:eu-west-1:" + ACCOUNT + ":q");

            var nonsense =
                    wire.request("/?Action=ListQueues")
                            .header("Authorization", "AWS4-HMAC-SHA256 Credential=any");
            assertThat(wire.send(nonsense).status()).isEqualTo(200);
        }
    }

    // ---- how

    /// Makes an access key. Returns its secret, which the broker chose.
    private static String made(ManagementAddress admin, String key, String body) throws Exception {
        var answer = admin.call("PUT", "sluice/access-keys/" + key, body);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(201);
        var secret = new JsonMapper().readTree(answer.body()).path("secret").asText();
        assertThat(secret).hasSize(40);
        return secret;
    }

    private static URI uri(SqsAddress address, String action) {
        return uri(address, "/", action);
    }

    private static URI uri(SqsAddress address, String path, String action, String... parameters) {
        return address.endpoint().resolve(path + "?" + SqsWire.form(action, parameters));
    }

    private static String arn(SqsClient client, String url) {
        return client.getQueueAttributes(
                        b -> b.queueUrl(url).attributeNames(QueueAttributeName.QUEUE_ARN))
                .attributes()
                .getOrDefault(QueueAttributeName.QUEUE_ARN, "none");
    }

    private static Refused refusal(SqsAddress address, AwsCredentialsProvider credentials) {
        try (var client = client(address, credentials)) {
            return Refused.of(client::listQueues);
        }
    }

    private static AwsCredentialsProvider keys(String key, String secret) {
        return StaticCredentialsProvider.create(AwsBasicCredentials.create(key, secret));
    }

    private static SqsClient client(SqsAddress address, AwsCredentialsProvider credentials) {
        return SqsClient.builder()
                .endpointOverride(address.endpoint())
                .region(Region.EU_WEST_1)
                .credentialsProvider(credentials)
                .httpClientBuilder(ApacheHttpClient.builder())
                .build();
    }
}
