package io.sluice.engine.log;

import java.io.IOException;

/// The position was trimmed away.
public final class TrimmedException extends IOException {
    private static final long serialVersionUID = 1L;

    public TrimmedException(String message) {
        super(message);
    }
}
