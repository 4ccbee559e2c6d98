package io.sluice.server.settings;

import io.sluice.dialect.push.TargetGuard;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// How the text of a setting becomes its value.
///
/// @param allowed what may stand there, as it completes "is not ..." and as the manual shows it
/// @param parse reads a text; throws [IllegalArgumentException] for one that is not allowed
public record Format<T>(String allowed, Function<String, T> parse) {
    private static final Pattern BYTES = Pattern.compile("(\\d{1,16})\\s*(?:([KMGT])(?:i?B)?|B)?");
    private static final Pattern HOST = Pattern.compile("[A-Za-z0-9._:\\[\\]%-]+");

    private static final int TEXT_MAX = 100;

    static Format<Path> path() {
        return new Format<>("a path", text -> Path.of(notBlank(text)));
    }

    static Format<String> text() {
        return new Format<>("a text of 1 to 100 characters", Format::shortText);
    }

    static Format<String> host() {
        return new Format<>(
                "a host name or an address",
                text -> {
                    check(HOST.matcher(text).matches());
                    return text;
                });
    }

    static Format<Integer> port() {
        return new Format<>(
                "a port from 0 (any free one) to 65535", text -> within(text, 0, 65535));
    }

    static Format<Integer> wholeNumber(int min, int max) {
        return new Format<>(
                "a whole number from " + min + " to " + max, text -> within(text, min, max));
    }

    /// What somebody chooses, or `auto` for what the server chooses.
    static <T> Format<Optional<T>> automaticOr(Format<T> chosen) {
        return new Format<>(
                "auto or " + chosen.allowed,
                text ->
                        text.equals("auto")
                                ? Optional.empty()
                                : Optional.of(chosen.parse.apply(text)));
    }

    /// What somebody chooses, or `none`.
    static <T> Format<Optional<T>> noneOr(Format<T> chosen) {
        return new Format<>(
                "none or " + chosen.allowed,
                text ->
                        text.equals("none")
                                ? Optional.empty()
                                : Optional.of(chosen.parse.apply(text)));
    }

    static Format<Boolean> yesOrNo() {
        return new Format<>(
                "true or false",
                text ->
                        switch (text) {
                            case "true" -> true;
                            case "false" -> false;
                            default -> throw new IllegalArgumentException(text);
                        });
    }

    static <E extends Enum<E>> Format<E> oneOf(Class<E> type) {
        var names =
                Arrays.stream(type.getEnumConstants())
                        .map(constant -> constant.name().toLowerCase(Locale.ROOT))
                        .map(name -> name.replace('_', '-'))
                        .collect(Collectors.joining(" or "));
        return new Format<>(
                names,
                text -> {
                    check(text.equals(text.toLowerCase(Locale.ROOT)));
                    return Enum.valueOf(type, text.toUpperCase(Locale.ROOT).replace('-', '_'));
                });
    }

    /// An amount of bytes: `67108864`, `64M`, `64MiB`; units are powers of 1024.
    static Format<Long> bytes(long min, long max) {
        return new Format<>(
                "an amount of bytes from " + min + " to " + max + " such as 64MiB",
                text -> {
                    var matcher = BYTES.matcher(text);
                    check(matcher.matches());
                    var shift =
                            matcher.group(2) == null
                                    ? 0
                                    : 10 + 10 * "KMGT".indexOf(matcher.group(2));
                    var bytes = Math.multiplyExact(Long.parseLong(matcher.group(1)), 1L << shift);
                    check(bytes >= min && bytes <= max);
                    return bytes;
                });
    }

    /// Networks, addresses and hosts, separated by commas; `none`.
    static Format<List<String>> networks() {
        return new Format<>(
                "none, or networks, addresses and host names with commas between",
                text -> {
                    if (text.equals("none")) {
                        return List.of();
                    }
                    var all = Stream.of(text.split(",", -1)).map(String::strip).toList();
                    var _ = TargetGuard.of(all);
                    return all;
                });
    }

    private static int within(String text, int min, int max) {
        var number = Integer.parseInt(text);
        check(number >= min && number <= max);
        return number;
    }

    private static String shortText(String text) {
        check(text.length() <= TEXT_MAX);
        return notBlank(text);
    }

    private static String notBlank(String text) {
        check(!text.isBlank());
        return text;
    }

    private static void check(boolean allowed) {
        if (!allowed) {
            throw new IllegalArgumentException();
        }
    }
}
