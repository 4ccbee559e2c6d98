package io.sluice.engine.log.embedded;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/// What several tests do with a store's directory.
final class TestDirectory {
    private TestDirectory() {}

    /// Turns writer and settler until neither finds anything to do.
    static void drive(EmbeddedLogStore store) {
        var busy = true;
        while (busy) {
            busy = store.writer().turn();
            busy |= store.settler().turn();
        }
    }

    static void copy(Path from, Path to) throws IOException {
        try (var paths = Files.walk(from)) {
            for (var path : (Iterable<Path>) paths::iterator) {
                var target = to.resolve(from.relativize(path).toString());
                if (Files.isDirectory(path)) {
                    Files.createDirectories(target);
                } else {
                    Files.copy(path, target);
                }
            }
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }
}
