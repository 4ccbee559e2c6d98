package io.sluice.engine.log;

import java.io.IOException;

/// A store that tests append to, close and crash.
interface StoreUnderTest {
    LogStore store();

    void reopen() throws IOException;

    void crashAndOpen() throws IOException;

    /// Lets the store do what it has to do, where nobody else does.
    void drive();

    /// Returns when the bytes are durable.
    default void append(Log log, byte[] bytes) throws IOException {
        var chunk = TestChunk.of(bytes);
        log.append(chunk);
        drive();
        chunk.await();
    }
}
