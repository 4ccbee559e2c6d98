package io.sluice.simulation.log;

import io.sluice.engine.log.Log;
import io.sluice.engine.log.embedded.EmbeddedLogStore;
import io.sluice.engine.log.embedded.StoreSettings;
import io.sluice.simulation.disk.SimulatedDisk;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// The store that runs now, with the handles that are open on its logs, one per log. What its threads would do happens in [#write] and
/// [#settle].
final class RunningStore {
    private final SimulatedDisk disk;
    private final Map<String, Log> handles = new TreeMap<>();

    /// Set by [#start] before anything else happens.
    @SuppressWarnings("NullAway.Init")
    private EmbeddedLogStore store;

    private boolean stopped;

    RunningStore(SimulatedDisk disk) {
        this.disk = disk;
    }

    /// Another process begins on what is on the disk.
    void start() throws IOException {
        handles.clear();
        stopped = false;
        store =
                EmbeddedLogStore.openUndriven(
                        disk.boot(), StoreSettings.small(), _ -> stopped = true);
    }

    /// An orderly end, unless it has to stop on the way.
    void close() throws IOException {
        store.close();
    }

    /// The disk failed it: it takes nothing any more.
    boolean hasStopped() {
        return stopped;
    }

    /// A turn of the journal's writer.
    boolean write() {
        return store.writer().turn();
    }

    /// A turn of the settler.
    boolean settle() {
        return store.settler().turn();
    }

    List<String> names() {
        return List.copyOf(store.names());
    }

    /// The open handle of a log. Where there is none it is opened, and the model told where the log goes on.
    Log handle(ModelLog model) throws IOException {
        var handle = handles.get(model.name);
        if (handle == null) {
            handle = store.open(model.name);
            model.reopened(handle.start(), handle.next());
            handles.put(model.name, handle);
        }
        return handle;
    }

    /// The first handle of a log in this life of the store. Where the log goes on is for the caller to judge.
    Log open(String name) throws IOException {
        var handle = store.open(name);
        handles.put(name, handle);
        return handle;
    }

    /// The log has to be opened again before it takes anything.
    void dropHandle(String name) {
        handles.remove(name);
    }

    void delete(String name) throws IOException {
        store.delete(name);
        handles.remove(name);
    }
}
