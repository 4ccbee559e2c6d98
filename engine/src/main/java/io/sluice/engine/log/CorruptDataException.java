package io.sluice.engine.log;

import java.io.IOException;

/// Stored bytes do not match their checksum. The damage is contained to the range that the message names.
public final class CorruptDataException extends IOException {
    private static final long serialVersionUID = 1L;

    public CorruptDataException(String message) {
        super(message);
    }
}
