package io.sluice.engine.log;

import java.io.IOException;

/// Somebody else has opened the log since (or it was deleted): this handle's appends are refused.
public final class FencedException extends IOException {
    private static final long serialVersionUID = 1L;

    public FencedException(String message) {
        super(message);
    }
}
