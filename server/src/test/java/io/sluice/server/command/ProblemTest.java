package io.sluice.server.command;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class ProblemTest {
    @Test
    void eachWayOfSayingNoIsOneSentence() {
        assertThat(Problem.sentence(404, "{\"title\":\"Not Found\",\"detail\":\"no queue q\"}"))
                .isEqualTo("no queue q");
        assertThat(Problem.sentence(400, "{\"error\":\"bad_request\",\"reason\":\"not durable\"}"))
                .isEqualTo("not durable");
        assertThat(Problem.sentence(422, "{\"error_code\":42201,\"message\":\"Invalid schema\"}"))
                .isEqualTo("Invalid schema");
    }

    @Test
    void whatSaysNothingIsItsStatus() {
        assertThat(Problem.sentence(502, "<html>Bad gateway</html>"))
                .isEqualTo("the broker answered with status 502");
        assertThat(Problem.sentence(404, "no such page\n"))
                .isEqualTo("the broker answered with status 404: no such page");
        assertThat(Problem.sentence(401, "")).contains("user and password");
    }
}
