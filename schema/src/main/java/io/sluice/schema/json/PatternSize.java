package io.sluice.schema.json;

/// About how many states a regular expression has: counted repetitions are copies, and copies of copies multiply, so that a short text can ask for
/// more memory than there is.
final class PatternSize {
    private static final int DEPTH_MAX = 100;
    private static final long CEILING = 1L << 32;

    private final String regex;
    private int at;

    private PatternSize(String regex) {
        this.regex = regex;
    }

    /// @throws IllegalArgumentException if groups are nested too deep
    static long of(String regex) {
        var size = new PatternSize(regex);
        long total = 0;
        while (size.at < regex.length()) {
            // What closes nothing is left to the compiler to refuse.
            total = Math.min(CEILING, total + size.group(0) + 1);
            size.at++;
        }
        return total;
    }

    /// Up to the parenthesis that closes the group, or the end.
    private long group(int depth) {
        if (depth > DEPTH_MAX) {
            throw new IllegalArgumentException("groups are nested deeper than " + DEPTH_MAX);
        }
        long total = 0;
        while (at < regex.length() && regex.charAt(at) != ')') {
            total = Math.min(CEILING, total + repeated(one(depth)));
        }
        return total;
    }

    private long one(int depth) {
        char first = regex.charAt(at++);
        if (first == '\\') {
            at++;
        } else if (first == '[') {
            skipClass();
        } else if (first == '(') {
            long inner = group(depth + 1);
            at++;
            return inner + 2;
        }
        return 1;
    }

    private void skipClass() {
        // A bracket in front is a member.
        at += at < regex.length() && regex.charAt(at) == '^' ? 2 : 1;
        while (at < regex.length() && regex.charAt(at) != ']') {
            at += regex.charAt(at) == '\\' ? 2 : 1;
        }
        at++;
    }

    private long repeated(long size) {
        long whole = size;
        while (at < regex.length() && "*+?{".indexOf(regex.charAt(at)) >= 0) {
            int end = regex.charAt(at) == '{' ? regex.indexOf('}', at) : at;
            long times = end > at ? times(regex.substring(at + 1, end)) : -1;
            if (times >= 0) {
                whole = Math.min(CEILING, whole * Math.max(1, times));
                at = end + 1;
            } else {
                // A brace that counts nothing stands for itself.
                whole++;
                at++;
            }
        }
        return whole;
    }

    private static long times(String counts) {
        try {
            int comma = counts.indexOf(',');
            if (comma < 0) {
                return Integer.parseInt(counts);
            }
            var max = counts.substring(comma + 1);
            int least = Integer.parseInt(counts.substring(0, comma));
            return max.isEmpty() ? least + 1L : Integer.parseInt(max);
        } catch (NumberFormatException _) {
            return -1;
        }
    }
}
