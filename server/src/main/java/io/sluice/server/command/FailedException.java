package io.sluice.server.command;

/// What was asked for could not be done; the message is the sentence that the person reads.
final class FailedException extends RuntimeException {
    private static final long serialVersionUID = 1;

    FailedException(String sentence) {
        super(sentence);
    }
}
