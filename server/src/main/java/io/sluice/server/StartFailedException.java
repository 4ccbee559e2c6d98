package io.sluice.server;

/// The server cannot start although its settings are fine: a port is taken, the data directory is in
/// use or damaged. The message is the one line to print.
public final class StartFailedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    StartFailedException(String line) {
        super(line);
    }

    StartFailedException(String line, Throwable cause) {
        super(line, cause);
    }
}
