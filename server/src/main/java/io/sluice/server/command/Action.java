package io.sluice.server.command;

/// What a command does once it knows what it was asked.
@FunctionalInterface
interface Action {
    /// @throws FailedException with the sentence to print
    void run(Invocation call);
}
