package io.sluice.conformance.sqs;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.json.JsonMapper;
import io.sluice.conformance.support.Conformance;
import io.sluice.conformance.support.Promises;
import io.sluice.conformance.support.SqsClients;
import java.util.List;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.sqs.model.QueueAttributeName;

/// Permissions are kept as a policy document.
@Conformance
class PermissionTest {
    @Test
    void aPermissionIsAStatementOfThePolicy(SqsClients sqs) throws Exception {
        Promises.ofSluiceOnly("ElasticMQ does otherwise");
        var url = sqs.queue("policy");

        var _ =
                sqs.client()
                        .addPermission(
                                b ->
                                        b.queueUrl(url)
                                                .label("readers")
                                                .awsAccountIds("668558765041")
                                                .actions("ReceiveMessage"));

        var policy = new JsonMapper().readTree(sqs.attribute(url, QueueAttributeName.POLICY));
        assertThat(policy.path("Version").asText()).isEqualTo("2008-10-17");
        assertThat(policy.path("Id").asText()).startsWith(sqs.arn(url) + "/");
        var statement = policy.path("Statement").path(0);
        assertThat(statement.path("Sid").asText()).isEqualTo("readers");
        assertThat(statement.path("Effect").asText()).isEqualTo("Allow");
        assertThat(statement.path("Action").asText()).isEqualTo("SQS:ReceiveMessage");
        assertThat(statement.path("Resource").asText()).isEqualTo(sqs.arn(url));
        assertThat(statement.path("Principal").path("AWS").asText()).contains("668558765041");
    }

    @Test
    void aLabelIsThereOnce(SqsClients sqs) {
        Promises.ofSluiceOnly("ElasticMQ does not refuse it");
        var url = sqs.queue("policy");
        add(sqs, url, "one");

        var refused = Refused.of(() -> add(sqs, url, "one"));

        assertThat(refused.code()).isEqualTo(Refused.PARAMETER);
        assertThat(refused.text())
                .isEqualTo("Value one for parameter Label is invalid. Reason: Already exists.");
    }

    @Test
    void anUnknownLabelIsNotRemoved(SqsClients sqs) {
        Promises.ofSluiceOnly("ElasticMQ does not refuse it");
        var url = sqs.queue("policy");

        var refused =
                Refused.of(() -> sqs.client().removePermission(b -> b.queueUrl(url).label("none")));

        assertThat(refused.code()).isEqualTo(Refused.PARAMETER);
        assertThat(refused.text()).contains("Value none for parameter Label is invalid.");
    }

    @Test
    void aPermissionIsTakenAwayByItsLabelAndTheOthersStay(SqsClients sqs) {
        Promises.ofSluiceOnly("ElasticMQ does otherwise");
        var url = sqs.queue("policy");
        List.of("one", "two", "three").forEach(label -> add(sqs, url, label));

        var _ = sqs.client().removePermission(b -> b.queueUrl(url).label("two"));

        assertThat(sqs.attribute(url, QueueAttributeName.POLICY))
                .contains("\"Sid\":\"one\"", "\"Sid\":\"three\"")
                .doesNotContain("two");
    }

    @Test
    void aPolicyWithoutStatementsIsNone(SqsClients sqs) {
        var url = sqs.queue("policy");
        add(sqs, url, "one");

        var _ = sqs.client().removePermission(b -> b.queueUrl(url).label("one"));
        assertThat(sqs.attributes(url)).doesNotContainKey(QueueAttributeName.POLICY);

        add(sqs, url, "two");
        sqs.set(url, QueueAttributeName.POLICY, "");
        assertThat(sqs.attributes(url)).doesNotContainKey(QueueAttributeName.POLICY);
    }

    private static void add(SqsClients sqs, String url, String label) {
        var _ =
                sqs.client()
                        .addPermission(
                                b ->
                                        b.queueUrl(url)
                                                .label(label)
                                                .awsAccountIds("668558765041")
                                                .actions("*"));
    }
}
