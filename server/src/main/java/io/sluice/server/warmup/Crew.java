package io.sluice.server.warmup;

import java.io.IOException;
import java.util.ArrayList;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;

/// Clients that work side by side, each on a thread of its own.
final class Crew {
    private Crew() {}

    /// What one of them does.
    interface Part {
        void run() throws IOException;
    }

    /// Returns when all of them are done.
    ///
    /// @throws IOException when one could not do its part
    static void work(Part... parts) throws IOException {
        var calls = new ArrayList<Callable<Void>>();
        for (var part : parts) {
            calls.add(
                    () -> {
                        part.run();
                        return null;
                    });
        }
        try (var threads = Executors.newFixedThreadPool(parts.length)) {
            for (var call : threads.invokeAll(calls)) {
                call.get();
            }
        } catch (ExecutionException failed) {
            throw new IOException("a client could not do its part", failed.getCause());
        } catch (InterruptedException hurry) {
            Thread.currentThread().interrupt();
        }
    }
}
