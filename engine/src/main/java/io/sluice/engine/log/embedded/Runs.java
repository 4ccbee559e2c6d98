package io.sluice.engine.log.embedded;

import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The unsettled runs of one log, in order of position and without a gap except where bytes were lost. They come at the end and
/// leave at the front. Guarded by its log's lock.
final class Runs {
    private static final Run[] NONE = {};

    private @Nullable Run[] runs = NONE;
    private int first;
    private int behind;

    int size() {
        return behind - first;
    }

    Run at(int index) {
        var run = runs[first + index];
        assert run != null : "a run at every index below size";
        return run;
    }

    /// Adds a run. One that lies where others lay before replaces them: it was carried into a later journal file.
    void add(Run run) {
        if (size() > 0 && run.position < at(size() - 1).end()) {
            replace(run);
            return;
        }
        if (behind == runs.length) {
            makeRoom();
        }
        runs[behind++] = run;
    }

    private void replace(Run run) {
        var from = indexFrom(run.position);
        var to = indexFrom(run.end());
        if (from == to) {
            // Lies in a gap: bytes whose first entry was lost and that were carried before that.
            makeRoom();
            System.arraycopy(runs, first + from, runs, first + from + 1, size() - from);
            behind++;
        } else {
            System.arraycopy(runs, first + to, runs, first + from + 1, size() - to);
            Arrays.fill(runs, behind - (to - from - 1), behind, null);
            behind -= to - from - 1;
        }
        runs[first + from] = run;
    }

    /// The run that holds the byte at `position`.
    @Nullable Run covering(long position) {
        var index = indexFrom(position);
        if (index < size() && at(index).position == position) {
            return at(index);
        }
        return index > 0 && at(index - 1).end() > position ? at(index - 1) : null;
    }

    /// The index of the first run that begins at `position` or later.
    int indexFrom(long position) {
        var low = 0;
        var high = size();
        while (low < high) {
            var middle = (low + high) >>> 1;
            if (at(middle).position < position) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }

    /// How many runs at the front there are up to and with the last one that this journal file vouches for.
    int through(JournalFile file) {
        for (var i = size(); i > 0; i--) {
            if (at(i - 1).journal == file) {
                return i;
            }
        }
        return 0;
    }

    List<Run> front(int count) {
        return List.of(Arrays.copyOfRange(runs, first, first + count));
    }

    void removeFront(int count) {
        Arrays.fill(runs, first, first + count, null);
        first += count;
        if (first == behind) {
            runs = runs.length > 64 ? NONE : runs;
            first = 0;
            behind = 0;
        }
    }

    private void makeRoom() {
        var size = size();
        if (size >= runs.length / 2) {
            runs = Arrays.copyOfRange(runs, first, first + Math.max(8, runs.length * 2));
        } else {
            System.arraycopy(runs, first, runs, 0, size);
            Arrays.fill(runs, size, behind, null);
        }
        first = 0;
        behind = size;
    }
}
