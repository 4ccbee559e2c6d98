package io.sluice.conformance.sqs.tools;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.sluice.conformance.support.Conformance;
import io.sluice.conformance.support.Program;
import io.sluice.conformance.support.Promises;
import io.sluice.conformance.support.SqsAddress;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/// The AWS command line interface: Debian's, which speaks the Query protocol.
@Conformance
class AwsCliTest {
    private static final String REMEDY = "apt-get install awscli, or ./sluice test as root";

    @Test
    void aMessageIsSentReceivedAndDeleted(SqsAddress service) {
        var name = service.name("cli");
        var url =
                aws(service, "create-queue", "--queue-name", name, "--attributes", "DelaySeconds=0")
                        .path("QueueUrl")
                        .asText();
        assertThat(url).endsWith("/" + name);
        assertThat(
                        aws(service, "list-queues", "--queue-name-prefix", name)
                                .path("QueueUrls")
                                .size())
                .isEqualTo(1);

        var sent =
                aws(
                        service,
                        "send-message",
                        "--queue-url",
                        url,
                        "--message-body",
                        "a \"quoted\" \u20ac",
                        "--message-attributes",
                        "count={DataType=Number,StringValue=42}");
        var message =
                aws(
                                service,
                                "receive-message",
                                "--queue-url",
                                url,
                                "--wait-time-seconds",
                                "10",
                                "--attribute-names",
                                "All",
                                "--message-attribute-names",
                                "All")
                        .path("Messages")
                        .path(0);
        assertThat(message.path("MessageId")).isEqualTo(sent.path("MessageId"));
        assertThat(message.path("Body").asText()).isEqualTo("a \"quoted\" \u20ac");
        assertThat(message.path("MessageAttributes").path("count").path("StringValue").asText())
                .isEqualTo("42");
        var _ =
                aws(
                        service,
                        "delete-message",
                        "--queue-url",
                        url,
                        "--receipt-handle",
                        message.path("ReceiptHandle").asText());
        var _ = aws(service, "delete-queue", "--queue-url", url);
    }

    @Test
    void aMissingQueueIsNamedAsSuch(SqsAddress service) {
        Promises.ofSluiceOnly("ElasticMQ's text lacks the end that old clients know");
        var outcome =
                Program.outcome(
                        command(service, "get-queue-url", "--queue-name", service.name("none")),
                        "");

        assertThat(outcome.status()).isNotZero();
        assertThat(outcome.output())
                .contains("(AWS.SimpleQueueService.NonExistentQueue)")
                .contains("The specified queue does not exist for this wsdl version.");
    }

    private static JsonNode aws(SqsAddress service, String... call) {
        var output = Program.run(command(service, call), "");
        try {
            return new JsonMapper().readTree(output.isBlank() ? "{}" : output);
        } catch (JsonProcessingException noJson) {
            throw new AssertionError(output, noJson);
        }
    }

    private static List<String> command(SqsAddress service, String... call) {
        var aws = Script.works("/usr/bin/aws", "--version") ? "/usr/bin/aws" : "aws";
        Program.requireThat(Script.works(aws, "--version"), REMEDY);
        var command =
                new ArrayList<>(
                        List.of(
                                "env",
                                "AWS_ACCESS_KEY_ID=test",
                                "AWS_SECRET_ACCESS_KEY=test",
                                "AWS_DEFAULT_REGION=us-east-1",
                                "LC_ALL=C.UTF-8",
                                aws,
                                "--output",
                                "json",
                                "--endpoint-url",
                                service.endpoint().toString(),
                                "sqs"));
        command.addAll(List.of(call));
        return command;
    }
}
