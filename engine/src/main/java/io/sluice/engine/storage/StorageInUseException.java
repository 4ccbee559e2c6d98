package io.sluice.engine.storage;

import java.io.IOException;

/// The directory is open elsewhere: a second process on the same data is refused.
public final class StorageInUseException extends IOException {
    private static final long serialVersionUID = 1L;

    public StorageInUseException(String message) {
        super(message);
    }
}
