package io.sluice.benchmarks.peer;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/// What a process and its children have used since they started, read from `/proc`.
///
/// @param cpuSeconds user and system time of all their threads, children that have ended included
/// @param rssBytes resident memory now, including pages of mapped files
/// @param peakRssBytes its largest value so far, process by process
/// @param writtenBytes passed to write calls, files and sockets alike; what the block layer counts depends on how large the kernel's
///     page groups are
public record ProcessUse(double cpuSeconds, long rssBytes, long peakRssBytes, long writtenBytes) {
    /// USER_HZ, which is 100 on every Linux that the JDK runs on.
    private static final double TICKS_PER_SECOND = 100;

    /// Of `utime`, with `stime`, `cutime` and `cstime` behind it.
    private static final int UTIME = 11;

    static ProcessUse of(ProcessHandle process) throws IOException {
        var use = one(process.pid());
        for (var child : process.descendants().toList()) {
            try {
                use = use.and(one(child.pid()));
            } catch (IOException ended) {
                // It has ended meanwhile: its parent counts its time.
            }
        }
        return use;
    }

    private ProcessUse and(ProcessUse other) {
        return new ProcessUse(
                cpuSeconds + other.cpuSeconds,
                rssBytes + other.rssBytes,
                peakRssBytes + other.peakRssBytes,
                writtenBytes + other.writtenBytes);
    }

    private static ProcessUse one(long pid) throws IOException {
        var proc = Path.of("/proc", Long.toString(pid));
        var stat = Files.readString(proc.resolve("stat"));
        var fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
        var ticks = Stream.of(fields).skip(UTIME).limit(4).mapToLong(Long::parseLong).sum();
        return new ProcessUse(
                ticks / TICKS_PER_SECOND,
                number(proc.resolve("status"), "VmRSS:") * 1024,
                number(proc.resolve("status"), "VmHWM:") * 1024,
                number(proc.resolve("io"), "wchar:"));
    }

    private static long number(Path file, String label) throws IOException {
        for (var line : Files.readAllLines(file)) {
            if (line.startsWith(label)) {
                return Long.parseLong(line.substring(label.length()).replace("kB", "").trim());
            }
        }
        throw new IOException("no " + label + " in " + file);
    }
}
