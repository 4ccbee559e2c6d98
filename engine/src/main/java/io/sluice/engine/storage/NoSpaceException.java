package io.sluice.engine.storage;

import java.io.IOException;

/// The file system (or a quota) has no room for what was to be written. Every [Storage] says so with this exception and no other, so
/// that a full disk is told from a failing one.
public final class NoSpaceException extends IOException {
    private static final long serialVersionUID = 1L;

    public NoSpaceException(String message, Throwable cause) {
        super(message, cause);
    }
}
