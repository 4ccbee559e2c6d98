package io.sluice.engine.log.embedded;

import io.sluice.engine.storage.StoredFile;
import java.io.IOException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// An open file that is closed when the last of those who use it lets go.
final class OpenFile extends Held {
    private static final Logger log = LoggerFactory.getLogger(OpenFile.class);

    private final String path;
    private final StoredFile file;

    OpenFile(String path, StoredFile file) {
        this.path = path;
        this.file = file;
    }

    StoredFile file() {
        return file;
    }

    @Override
    void released() {
        try {
            file.close();
        } catch (IOException e) {
            // Whatever had to be durable was forced before; what is lost here is a descriptor.
            log.warn("closing {} failed", path, e);
        }
    }
}
