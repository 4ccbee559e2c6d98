package io.sluice.schema;

import static io.sluice.broker.policy.SchemaPolicy.Type.JSON;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Collections;
import org.junit.jupiter.api.Test;

final class SchemaCompilerTest {
    @Test
    void aTextHasAMegabyteAndWithAllThatItRefersToFour() throws InvalidSchemaException {
        var largest = text(SchemaCompiler.TEXT_MAX);
        assertThat(SchemaCompiler.compile(new SchemaSource(JSON, largest)).type()).isEqualTo(JSON);
        assertTooLarge(new SchemaSource(JSON, text(SchemaCompiler.TEXT_MAX + 1)));

        var reference = new SchemaSource.Reference("large.json", largest);
        SchemaCompiler.compile(new SchemaSource(JSON, largest, Collections.nCopies(3, reference)));
        assertTooLarge(new SchemaSource(JSON, "{}", Collections.nCopies(4, reference)));
    }

    private static void assertTooLarge(SchemaSource source) {
        assertThatThrownBy(() -> SchemaCompiler.compile(source))
                .isInstanceOf(InvalidSchemaException.class)
                .hasMessageContaining("at most 1048576 characters");
    }

    private static String text(int length) {
        var around = "{\"title\": \"\"}";
        return "{\"title\": \"" + "x".repeat(length - around.length()) + "\"}";
    }
}
