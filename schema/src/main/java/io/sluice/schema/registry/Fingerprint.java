package io.sluice.schema.registry;

import io.sluice.schema.CompiledSchema;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/// A hash of what a schema means.
final class Fingerprint {
    private Fingerprint() {}

    static String of(SchemaDraft draft, CompiledSchema schema) {
        try {
            var text = draft.type() + "\n" + draft.references() + "\n" + schema.canonical();
            return HexFormat.of()
                    .formatHex(
                            MessageDigest.getInstance("SHA-256")
                                    .digest(text.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException impossible) {
            throw new AssertionError("every Java has SHA-256", impossible);
        }
    }
}
