package io.sluice.server.admin;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/// What `/api/sluice` promises: `docs/openapi.yaml`, which is part of this program.
final class Contract {
    private static final String RESOURCE = "/openapi.yaml";

    private Contract() {}

    /// Read each time: few ask, and nobody has to carry it.
    static String text() {
        try (var resource = Contract.class.getResourceAsStream(RESOURCE)) {
            assert resource != null : "the contract is packed with the program";
            return new String(resource.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }
}
