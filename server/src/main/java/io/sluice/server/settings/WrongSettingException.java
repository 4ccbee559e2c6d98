package io.sluice.server.settings;

/// The operator's mistake: the process must not start. The message is the one line to print.
public final class WrongSettingException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public WrongSettingException(String line) {
        super(line);
    }

    WrongSettingException(String line, Throwable cause) {
        super(line, cause);
    }
}
