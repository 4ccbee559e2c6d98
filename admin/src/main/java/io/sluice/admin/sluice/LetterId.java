package io.sluice.admin.sluice;

import java.util.Optional;
import java.util.regex.Pattern;

/// Where a letter lies in its queue, and what it is called by: `0-1234`.
record LetterId(int partition, long offset) {
    static final LetterId FIRST = new LetterId(0, 0);
    private static final Pattern TEXT = Pattern.compile("(\\d{1,9})-(\\d{1,18})");

    static Optional<LetterId> of(String text) {
        var found = TEXT.matcher(text);
        return found.matches()
                ? Optional.of(
                        new LetterId(
                                Integer.parseInt(found.group(1)), Long.parseLong(found.group(2))))
                : Optional.empty();
    }

    LetterId behind() {
        return new LetterId(partition, offset + 1);
    }

    String text() {
        return partition + "-" + offset;
    }
}
