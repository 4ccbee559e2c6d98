package io.sluice.conformance.sqs;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.conformance.process.BrokerProcess;
import io.sluice.conformance.support.Conformance;
import io.sluice.conformance.support.ManagementAddress;
import io.sluice.conformance.support.Promises;
import io.sluice.conformance.support.ServedWith;
import io.sluice.conformance.support.SqsAddress;
import io.sluice.conformance.support.SqsClients;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.http.apache.ApacheHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.MessageSystemAttributeName;
import software.amazon.awssdk.services.sqs.model.SqsException;

/// What Sluice's own API tells of SQS.
@Conformance
class SluiceApiTest {
    private static final String KEY = "AKIDOFATEST";

    @Test
    void aMessageCanBeLookedAtWithoutBeingReceived(SqsClients sqs, ManagementAddress admin) {
        Promises.ofSluiceOnly("Amazon has no such thing");
        var url = sqs.fifo("peek");
        var _ = sqs.sendTo(url, "g", "one");
        var _ = sqs.sendTo(url, "g", "two");
        var path = "sluice/messages?queue=" + SqsClients.nameOf(url);

        var first = sqs.next(url);
        for (var i = 0; i < 3; i++) {
            assertThat(admin.call("GET", path, "").body())
                    .contains("\"visible\":1,\"in_flight\":1,\"delayed\":0")
                    .containsSubsequence(
                            "\"state\":\"in_flight\"",
                            "\"receive_count\":1",
                            "\"id\":\"" + first.messageId() + '"',
                            "\"body\":\"one\"",
                            "\"state\":\"visible\"",
                            "\"group\":\"g\"",
                            "\"body\":\"two\"");
        }
        sqs.delete(url, first);
        var second = sqs.next(url);
        assertThat(second.body()).isEqualTo("two");
        assertThat(second.attributes())
                .containsEntry(MessageSystemAttributeName.APPROXIMATE_RECEIVE_COUNT, "1");
    }

    @Test
    @ServedWith({"--sqs-signatures", "verify"})
    void onlyWhoSignsWithAnAccessKeyThatWasMadeIsLetIn(
            BrokerProcess broker, SqsAddress address, ManagementAddress admin) {
        Promises.ofSluiceOnly("Amazon makes its keys elsewhere");
        var account = "123456789012";
        assertThat(refusal(address, KEY, "secret")).isEqualTo("InvalidClientTokenId");

        var body = "{\"secret\":\"secret\",\"account\":\"%s\"}".formatted(account);
        assertThat(admin.call("PUT", "sluice/access-keys/" + KEY, body).statusCode())
                .isEqualTo(201);
        broker.kill();
        broker.start();

        assertThat(refusal(address, KEY, "another")).isEqualTo("SignatureDoesNotMatch");
        try (var client = client(address, KEY, "secret")) {
            var url = client.createQueue(b -> b.queueName("q")).queueUrl();
            assertThat(url).endsWith("/" + account + "/q");
            var _ = client.sendMessage(b -> b.queueUrl(url).messageBody("x"));
        }
        assertThat(admin.call("GET", "sluice/messages?queue=q&account=" + account, "").body())
                .contains("\"body\":\"x\"");
        assertThat(admin.call("DELETE", "sluice/access-keys/" + KEY, "").statusCode())
                .isEqualTo(204);
        assertThat(refusal(address, KEY, "secret")).isEqualTo("InvalidClientTokenId");
    }

    private static String refusal(SqsAddress address, String key, String secret) {
        try (var client = client(address, key, secret)) {
            var _ = client.listQueues();
            return "none";
        } catch (SqsException refused) {
            return refused.awsErrorDetails().errorCode();
        }
    }

    private static SqsClient client(SqsAddress address, String key, String secret) {
        return SqsClient.builder()
                .endpointOverride(address.endpoint())
                .region(Region.US_EAST_1)
                .credentialsProvider(
                        StaticCredentialsProvider.create(AwsBasicCredentials.create(key, secret)))
                .httpClientBuilder(ApacheHttpClient.builder())
                .build();
    }
}
