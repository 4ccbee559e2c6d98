package io.sluice.schema.registry;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

final class RegistryErrorTest {
    /// As docs/schemas.md has them, and serializers look at them.
    @Test
    void everyRefusalHasItsCode() {
        assertThat(
                        List.of(
                                new RegistryError.UnknownSubject("a"),
                                new RegistryError.UnknownVersion("1"),
                                new RegistryError.UnknownSchema(),
                                new RegistryError.SubjectNotDeleted("a"),
                                new RegistryError.VersionNotDeleted("a", 1),
                                new RegistryError.NoLevel("a"),
                                new RegistryError.Incompatible("a", List.of()),
                                new RegistryError.InvalidSchema(""),
                                new RegistryError.InvalidVersion("0"),
                                new RegistryError.InvalidLevel("SOMETIMES"),
                                new RegistryError.InvalidMode("IMPORT"),
                                new RegistryError.ReferredTo("a", 1),
                                new RegistryError.InvalidSubject(""),
                                new RegistryError.Unavailable("")))
                .extracting(RegistryError::code)
                .containsExactly(
                        40401, 40402, 40403, 40405, 40407, 40408, 409, 42201, 42202, 42203, 42204,
                        42206, 42208, 50001);
    }
}
