package io.sluice.simulation.disk;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.random.RandomGenerator;

/// Which names stand in which directories: as the operating system has them cached, and what of it survives a crash.
///
/// Changes within one directory reach the platter in their order; a crash keeps some first part of those that were not forced.
final class Names {
    private final TreeMap<String, Inode> files = new TreeMap<>();
    private final Set<String> directories = new HashSet<>(Set.of(""));
    private final TreeMap<String, Inode> durableFiles = new TreeMap<>();
    private final Set<String> durableDirectories = new HashSet<>(Set.of(""));
    private final Map<String, List<Runnable>> unforced = new HashMap<>();

    Map<String, Inode> files() {
        return files;
    }

    Set<String> directories() {
        return directories;
    }

    void create(String path, Inode inode) {
        files.put(path, inode);
        later(path, () -> durableFiles.put(path, inode));
    }

    void createDirectory(String path) {
        for (var name = path; !name.isEmpty() && directories.add(name); name = parent(name)) {
            var added = name;
            later(added, () -> durableDirectories.add(added));
        }
    }

    void rename(String from, String to, Inode inode) {
        files.remove(from);
        files.put(to, inode);
        later(
                to,
                () -> {
                    durableFiles.remove(from);
                    durableFiles.put(to, inode);
                });
    }

    void delete(String path) {
        files.remove(path);
        directories.remove(path);
        later(
                path,
                () -> {
                    durableFiles.remove(path);
                    durableDirectories.remove(path);
                });
    }

    void force(String directory) {
        unforced.getOrDefault(directory, List.of()).forEach(Runnable::run);
        unforced.remove(directory);
    }

    void crash(RandomGenerator random) {
        new TreeMap<>(unforced)
                .forEach(
                        (_, changes) ->
                                changes.subList(0, random.nextInt(changes.size() + 1))
                                        .forEach(Runnable::run));
        unforced.clear();
        // A name whose directory did not survive is out of reach.
        durableFiles.keySet().removeIf(path -> !reachable(parent(path)));
        durableDirectories.removeIf(path -> !path.isEmpty() && !reachable(parent(path)));
        files.clear();
        files.putAll(durableFiles);
        directories.clear();
        directories.addAll(durableDirectories);
    }

    private boolean reachable(String directory) {
        return directory.isEmpty()
                || (durableDirectories.contains(directory) && reachable(parent(directory)));
    }

    private void later(String path, Runnable change) {
        unforced.computeIfAbsent(parent(path), _ -> new ArrayList<>()).add(change);
    }

    static String parent(String path) {
        var slash = path.lastIndexOf('/');
        return slash < 0 ? "" : path.substring(0, slash);
    }
}
