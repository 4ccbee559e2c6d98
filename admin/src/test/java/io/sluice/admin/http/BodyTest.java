package io.sluice.admin.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sluice.admin.json.JsonObject;
import io.sluice.admin.json.JsonReader;
import org.junit.jupiter.api.Test;

final class BodyTest {
    private final Body body =
            new Body(
                    (JsonObject)
                            JsonReader.read(
                                            "{\"t\":true,\"s\":\"true\",\"f\":\"false\",\"w\":\"maybe\",\"n\":\"12\",\"d\":7,\"e\":[],\"x\":null}")
                                    .orElseThrow());

    @Test
    void truthMayComeAsAString() {
        assertThat(body.flag("t", false)).isTrue();
        assertThat(body.flag("s", false)).isTrue();
        assertThat(body.flag("f", true)).isFalse();
        assertThat(body.flag("missing", true)).isTrue();
        assertThatThrownBy(() -> body.flag("w", false))
                .isInstanceOfSatisfying(
                        AnsweredException.class,
                        ended ->
                                assertThat(ended.answer().body().orElseThrow().text())
                                        .isEqualTo(
                                                "{\"error\":\"bad_request\",\"reason\":[\"not_boolean\",\"maybe\"]}"));
    }

    @Test
    void numbersMayComeAsAString() {
        assertThat(body.requiredNumber("n")).isEqualTo(12);
        assertThat(body.requiredNumber("d")).isEqualTo(7);
        assertThatThrownBy(() -> body.requiredNumber("w")).isInstanceOf(AnsweredException.class);
    }

    @Test
    void noArgumentsMayComeAsAnEmptyListOrNull() {
        assertThat(body.object("e").isEmpty()).isTrue();
        assertThat(body.object("x").isEmpty()).isTrue();
        assertThatThrownBy(() -> body.object("d")).isInstanceOf(AnsweredException.class);
    }

    @Test
    void whatIsMissingIsNamed() {
        assertThatThrownBy(() -> body.required("payload"))
                .isInstanceOfSatisfying(
                        AnsweredException.class,
                        ended ->
                                assertThat(ended.answer().body().orElseThrow().text())
                                        .contains("[{key_missing,payload}]"));
    }
}
