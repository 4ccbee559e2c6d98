package io.sluice.admin.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.admin.json.Json;
import io.sluice.admin.json.JsonObject;
import io.sluice.broker.security.User;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class RoutingTableTest {
    private final RoutingTable table =
            new RoutingTable(
                    List.of(
                            Resource.at("things/special")
                                    .get(Handler.now(_ -> Answer.ok(Json.of("special")))),
                            Resource.at("things/{vhost}/{name}")
                                    .get(Handler.now(RoutingTableTest::names))
                                    .delete(Handler.now(_ -> Answer.noContent())),
                            Resource.at("things/{vhost}")
                                    .get(Handler.now(call -> Answer.ok(Json.of(call.vhost())))),
                            Resource.at("things")
                                    .post(Handler.now(call -> Answer.ok(call.body().fields())))),
                    (_, variables) ->
                            "closed".equals(variables.get("vhost"))
                                    ? Optional.of(Answer.notFound())
                                    : Optional.empty());

    private static Answer names(Call call) {
        return Answer.ok(
                JsonObject.object().put("vhost", call.vhost()).put("name", call.variable("name")));
    }

    @Test
    void pathSegmentsAreDecodedOnce() {
        assertThat(text("GET", "things/%2F/a%2523%20b+c"))
                .isEqualTo("{\"vhost\":\"/\",\"name\":\"a%23 b+c\"}");
    }

    @Test
    void anEmptySegmentIsAName() {
        assertThat(text("GET", "things/%2F//")).isEqualTo("{\"vhost\":\"/\",\"name\":\"\"}");
    }

    @Test
    void aSlashAtTheEndIsNone() {
        assertThat(text("GET", "things/%2F/")).isEqualTo("\"/\"");
    }

    @Test
    void wordsComeBeforeVariables() {
        assertThat(text("GET", "things/special")).isEqualTo("\"special\"");
    }

    @Test
    void anUnknownPathIsNotFound() {
        assertThat(answer("GET", "nothing", "").status()).isEqualTo(404);
    }

    @Test
    void aMethodThatIsNotOfferedIsRefusedWithThoseThatAre() {
        var answer = answer("PUT", "things/%2F/x", "");
        assertThat(answer.status()).isEqualTo(405);
        assertThat(answer.headers()).containsEntry("allow", "HEAD, GET, DELETE, OPTIONS");
        assertThat(answer("OPTIONS", "things/%2F/x", "").status()).isEqualTo(200);
        assertThat(answer("HEAD", "things/%2F/x", "").status()).isEqualTo(200);
    }

    @Test
    void theDoorMaySayNo() {
        assertThat(answer("GET", "things/closed/x", "").status()).isEqualTo(404);
    }

    @Test
    void columnsAreCutOut() {
        assertThat(text("GET", "things/%2F/x?columns=name,none")).isEqualTo("{\"name\":\"x\"}");
    }

    @Test
    void aBodyIsAnObjectOrNothing() {
        assertThat(text("POST", "things")).isEqualTo("{}");
        assertThat(answer("POST", "things", "{\"a\":1}").body().orElseThrow().text())
                .isEqualTo("{\"a\":1}");
    }

    private String text(String method, String path) {
        return answer(method, path, "").body().orElseThrow().text();
    }

    private Answer answer(String method, String path, String body) {
        var request =
                new Request(
                        method,
                        "/api/" + path,
                        Optional.empty(),
                        Optional.empty(),
                        ByteBuffer.wrap(body.getBytes(StandardCharsets.UTF_8)),
                        InetAddress.getLoopbackAddress());
        return table.answer(request, "/api/", new User("u", List.of())).join();
    }
}
