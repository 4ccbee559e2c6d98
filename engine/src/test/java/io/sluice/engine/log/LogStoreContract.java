package io.sluice.engine.log;

import java.io.IOException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/// What every log store keeps to. A store's test extends this and says how it is opened, closed and crashed.
public abstract class LogStoreContract
        implements AppendingContract, TrimmingContract, RestartContract {
    protected LogStore store;

    /// Opens the store on what an earlier one left behind.
    protected abstract LogStore open() throws IOException;

    /// Leaves the store as a killed process does: nothing is finished, nothing is closed.
    protected abstract void crash() throws IOException;

    @BeforeEach
    void openFirst() throws IOException {
        store = open();
    }

    @AfterEach
    void closeLast() throws IOException {
        store.close();
    }

    @Override
    public final LogStore store() {
        return store;
    }

    @Override
    public final void reopen() throws IOException {
        store.close();
        store = open();
    }

    @Override
    public final void crashAndOpen() throws IOException {
        crash();
        store = open();
    }

    @Override
    public void drive() {}
}
