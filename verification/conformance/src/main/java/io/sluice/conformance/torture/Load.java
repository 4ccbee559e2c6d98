package io.sluice.conformance.torture;

/// The clients of one dialect, and what the broker has told them.
public interface Load {
    /// Makes what the clients use and starts them.
    void begin() throws Exception;

    /// How much has been acknowledged so far: grows as long as the clients can work.
    long acknowledged();

    /// Throws what made a client end early, if something did.
    ///
    /// @throws Violation if a promise was not kept
    void check();

    /// The broker is dead. Comes before it is started again, once for each time.
    void killed();

    /// Compares what the broker, which answers again, has with what it had told. Returns how far the load has come, in one line.
    ///
    /// @throws Violation if a promise was not kept
    String verify(int round) throws Exception;

    /// Stops the clients and compares everything once more. Returns how far they have come.
    ///
    /// @throws Violation if a promise was not kept
    String end() throws Exception;
}
