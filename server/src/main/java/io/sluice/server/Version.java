package io.sluice.server;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Properties;

/// Which version this is: what Maven wrote beside the classes.
final class Version {
    private Version() {}

    static String current() {
        try (var stream = Version.class.getResourceAsStream("version.properties")) {
            assert stream != null : "the build puts version.properties beside this class";
            var properties = new Properties();
            properties.load(stream);
            return properties.getProperty("version", "unknown");
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }
}
