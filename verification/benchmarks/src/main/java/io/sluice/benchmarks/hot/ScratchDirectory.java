package io.sluice.benchmarks.hot;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;

/// A new directory on the disk that is measured, to be deleted with all that is in it.
///
/// @param path the directory
record ScratchDirectory(Path path) {
    /// The system property that names the directory to make it in. Without it, that is the machine's for temporary files, which may lie
    /// in memory: figures with forces then mean little.
    static final String PARENT = "sluice.benchmarks.directory";

    static ScratchDirectory create() throws IOException {
        var parent = Path.of(System.getProperty(PARENT, System.getProperty("java.io.tmpdir")));
        return new ScratchDirectory(Files.createTempDirectory(parent, "sluice-speed-"));
    }

    void delete() throws IOException {
        try (var all = Files.walk(path)) {
            for (var each : all.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(each);
            }
        }
    }
}
