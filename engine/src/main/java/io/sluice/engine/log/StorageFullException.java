package io.sluice.engine.log;

import java.io.IOException;

/// No room left, or less than the reserve: appends are refused until there is room again.
public final class StorageFullException extends IOException {
    private static final long serialVersionUID = 1L;

    public StorageFullException(String message) {
        super(message);
    }
}
