package io.sluice.server;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/// What the admin port has that RabbitMQ's management API has not.
final class SluiceApiTest extends ServerBench {
    @Test
    void messagesAreShownInTheirStateAndStayAsTheyAre() throws Exception {
        sqs("CreateQueue", "{\"QueueName\":\"q\"}");
        for (var body : new String[] {"held", "there"}) {
            sqs(
                    "SendMessage",
                    """
                    {"QueueUrl":"q","MessageBody":"%s","MessageAttributes":
                     {"colour":{"DataType":"String.name","StringValue":"red"}}}"""
                            .formatted(body));
        }
        sqs("SendMessage", "{\"QueueUrl\":\"q\",\"MessageBody\":\"later\",\"DelaySeconds\":900}");
        sqs("ReceiveMessage", "{\"QueueUrl\":\"q\",\"VisibilityTimeout\":43200}");

        var shown = admin("GET", "/api/sluice/messages?queue=q", "").body();
        assertThat(shown)
                .startsWith(
                        "{\"queue\":\"q\",\"vhost\":\"/\",\"visible\":1,\"in_flight\":1,\"delayed\":1,")
                .containsSubsequence(
                        "\"state\":\"in_flight\",\"partition\":0,\"offset\":0,\"receive_count\":1,\"until\":",
                        "\"attributes\":{\"colour\":{\"type\":\"String.name\",\"value\":\"red\"}}",
                        "\"body\":\"held\",\"body_encoding\":\"text\"",
                        "\"state\":\"visible\",\"partition\":0,\"offset\":1,\"receive_count\":0,\"id\":",
                        "\"body\":\"there\"",
                        "\"state\":\"delayed\",\"partition\":0,\"offset\":2,\"receive_count\":0,\"until\":",
                        "\"body\":\"later\"");
        assertThat(admin("GET", "/_sluice/messages?queue=q&account=000000000000", "").body())
                .isEqualTo(shown);
        assertThat(admin("GET", "/_sluice/messages?queue=q&from=1&count=1", "").body())
                .contains("there")
                .doesNotContain("held", "later");
        assertThat(sqs("ReceiveMessage", "{\"QueueUrl\":\"q\",\"AttributeNames\":[\"All\"]}"))
                .contains("there")
                .contains("\"ApproximateReceiveCount\":\"1\"");
    }

    @Test
    void whoSaysNotWhoHeIsSeesNothing() throws Exception {
        for (var path : new String[] {"/api/sluice/messages?queue=q", "/_sluice/access-keys"}) {
            assertThat(adminToAnybody(path).statusCode()).isEqualTo(401);
        }
    }

    @Test
    void aWrongQuestionIsToldSo() throws Exception {
        assertThat(admin("GET", "/api/sluice/messages", "").statusCode()).isEqualTo(400);
        assertThat(admin("GET", "/api/sluice/messages?queue=none", "").statusCode()).isEqualTo(404);
        assertThat(admin("GET", "/api/sluice/messages?queue=none&count=1001", "").body())
                .contains("count is a whole number from 1 to 1000");
    }

    @Test
    void anAccessKeysSecretIsToldOnceAndTheKeyGoesWhenItIsDeleted() throws Exception {
        var path = "/api/sluice/access-keys/AKIDEXAMPLE";
        var made = admin("PUT", path, "{\"account\":\"123456789012\"}");
        assertThat(made.statusCode()).isEqualTo(201);
        assertThat(made.body())
                .matches(
                        "\\{\"access_key\":\"AKIDEXAMPLE\",\"account\":\"123456789012\",\"secret\":\"[^\"]{40}\"}");
        assertThat(admin("GET", path, "").body())
                .isEqualTo("{\"access_key\":\"AKIDEXAMPLE\",\"account\":\"123456789012\"}");
        assertThat(admin("PUT", path, "{\"secret\":\"known\"}").statusCode()).isEqualTo(204);
        assertThat(admin("GET", "/api/sluice/access-keys", "").body())
                .isEqualTo("[{\"access_key\":\"AKIDEXAMPLE\",\"account\":\"123456789012\"}]");
        assertThat(admin("DELETE", path, "").statusCode()).isEqualTo(204);
        assertThat(admin("DELETE", path, "").statusCode()).isEqualTo(404);
        assertThat(admin("GET", "/api/sluice/access-keys", "").body()).isEqualTo("[]");
    }

    @Test
    void aSecretThatWasSentIsNotRepeatedAndWrongOnesAreRefused() throws Exception {
        var root = "/api/sluice/access-keys/";
        assertThat(admin("PUT", root + "AKID", "{\"secret\":\"mine\"}").body())
                .isEqualTo("{\"access_key\":\"AKID\",\"account\":\"000000000000\"}");
        assertThat(admin("PUT", root + "A-B", "{}").statusCode()).isEqualTo(400);
        assertThat(admin("PUT", root + "AB", "{\"account\":\"12\"}").statusCode()).isEqualTo(400);
    }
}
