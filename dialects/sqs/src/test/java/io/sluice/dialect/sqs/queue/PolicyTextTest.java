package io.sluice.dialect.sqs.queue;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

/// Policies as texts whose statements come and go.
class PolicyTextTest {
    private static final String ARN = "arn:aws:sqs:us-east-1:000000000000:q";
    private static final String ONE =
            "{\"Sid\":\"one\",\"Effect\":\"Allow\",\"Principal\":{\"AWS\":\"arn:aws:iam::111111111111:root\"},"
                    + "\"Action\":\"SQS:ReceiveMessage\",\"Resource\":\""
                    + ARN
                    + "\"}";

    private static PolicyText withOne() {
        return PolicyText.empty(ARN)
                .with("one", List.of("111111111111"), List.of("ReceiveMessage"), ARN);
    }

    @Test
    void theFirstPermissionMakesAPolicy() {
        assertThat(withOne().text())
                .isEqualTo(
                        "{\"Version\":\"2008-10-17\",\"Id\":\""
                                + ARN
                                + "/SQSDefaultPolicy\",\"Statement\":["
                                + ONE
                                + "]}");
    }

    @Test
    void severalAccountsAndActionsAreLists() {
        var policy = PolicyText.empty(ARN).with("l", List.of("1", "2"), List.of("A", "*"), ARN);
        assertThat(policy.text())
                .contains("\"AWS\":[\"arn:aws:iam::1:root\",\"arn:aws:iam::2:root\"]")
                .contains("\"Action\":[\"SQS:A\",\"SQS:*\"]");
    }

    @Test
    void whatWasWrittenIsReadAndTheLastStatementTakesThePolicyWithIt() {
        var policy = PolicyText.of(withOne().with("two", List.of("1"), List.of("A"), ARN).text());
        assertThat(policy.has("one")).isTrue();
        assertThat(policy.has("two")).isTrue();
        assertThat(policy.has("tw")).isFalse();
        assertThat(policy.without("two").text()).isEqualTo(withOne().text());
        assertThat(policy.without("two").without("one").text()).isEmpty();
    }

    @Test
    void whatOthersHaveWrittenStaysAsTheyWroteIt() {
        var text =
                """
                { "Id" : "x", "Statement" : [ {"Sid" : "a", "Note" : "]}\\"" , "L":[1,[2]]} , { "Sid": "b"} ] , "More": [1] }""";
        var policy = PolicyText.of(text);
        assertThat(policy.statements())
                .containsExactly(
                        "{\"Sid\" : \"a\", \"Note\" : \"]}\\\"\" , \"L\":[1,[2]]}",
                        "{ \"Sid\": \"b\"}");
        assertThat(policy.has("b")).isTrue();
        assertThat(policy.without("a").text())
                .isEqualTo(
                        "{ \"Id\" : \"x\", \"Statement\" : [{ \"Sid\": \"b\"}] , \"More\": [1] }");
    }

    @Test
    void aStatementThatStandsAloneGetsAList() {
        var policy =
                PolicyText.of("{\"Statement\": {\"Sid\":\"a\",\"Action\":[\"x\"]},\"Id\":\"i\"}");
        assertThat(policy.statements()).containsExactly("{\"Sid\":\"a\",\"Action\":[\"x\"]}");
        assertThat(policy.text())
                .isEqualTo("{\"Statement\": [{\"Sid\":\"a\",\"Action\":[\"x\"]}],\"Id\":\"i\"}");
    }

    @Test
    void whatHasNoStatementsIsAsGoodAsNone() {
        assertThat(PolicyText.of("{}").text()).isEmpty();
        assertThat(PolicyText.of("{\"Statement\":\"x\"}").text()).isEmpty();
        assertThat(PolicyText.of("{\"Statement\":[").text()).isEmpty();
    }
}
