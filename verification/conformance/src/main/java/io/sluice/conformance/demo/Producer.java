package io.sluice.conformance.demo;

/// Sends payments in one protocol until the broker has confirmed each.
///
/// One thread at a time.
interface Producer extends AutoCloseable {
    String protocol();

    /// Returns when the broker has confirmed it, however often that takes: the same payment may then be there twice.
    void send(Payment payment) throws InterruptedException;

    @Override
    void close();
}
