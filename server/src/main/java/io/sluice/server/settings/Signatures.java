package io.sluice.server.settings;

/// What is asked of the signature of an SQS request.
public enum Signatures {
    OFF,
    ACCEPT_ANY,
    VERIFY
}
