package io.sluice.server.command;

import java.time.Duration;

/// How far long work has come, on one line of the screen that is drawn again and again; nothing where there is no screen. Goes to the error
/// output, so that the output is only what was asked for.
final class ProgressBar {
    private static final int CELLS = 24;
    private static final String ERASE_LINE = "\r\u001b[2K";

    private final Terminal terminal;
    private boolean drawn;

    ProgressBar(Terminal terminal) {
        this.terminal = terminal;
    }

    /// @param total 0: nobody knows
    void draw(long done, long total, Duration since, String what) {
        if (terminal.isScreen()) {
            var line = Printable.cut(line(done, total, since, what), terminal.columns() - 1);
            terminal.err().print(ERASE_LINE + line);
            terminal.err().flush();
            drawn = true;
        }
    }

    static String line(long done, long total, Duration since, String what) {
        var line = new StringBuilder();
        if (total > 0) {
            long reached = Math.min(done, total);
            int full = (int) (CELLS * reached / total);
            line.append("█".repeat(full)).append("░".repeat(CELLS - full));
            line.append(String.format(" %3d%%  ", 100 * reached / total));
            line.append(Legible.count(done)).append(" of ").append(Legible.count(total));
        } else {
            line.append(Legible.count(done));
        }
        line.append(' ').append(what);
        long millis = since.toMillis();
        if (millis > 0 && done > 0) {
            double perSecond = 1_000.0 * done / millis;
            line.append(", ").append(Legible.count(Math.round(perSecond))).append("/s");
            if (total > done) {
                var left = Duration.ofMillis((long) (1_000.0 * (total - done) / perSecond));
                line.append(", ").append(Legible.duration(left)).append(" left");
            }
        }
        return line.toString();
    }

    /// Leaves the screen as if there had been no bar.
    void clear() {
        if (drawn) {
            terminal.err().print(ERASE_LINE);
            terminal.err().flush();
            drawn = false;
        }
    }
}
