package io.sluice.dialect.sqs.operation;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/// A page of a long list of names. Its token is its last name, so that queues which come and go between two pages disturb nothing.
///
/// @param nextToken for what comes behind it; only who says how many he wants gets one
record Page(List<String> names, Optional<String> nextToken) {
    private static final int ALL_MAX = 1_000;

    Page {
        names = List.copyOf(names);
    }

    /// Empty when the token is none.
    ///
    /// @param all in order
    static Optional<Page> of(List<String> all, Optional<String> token, OptionalInt max) {
        var after = token.map(Page::name).orElse(Optional.of(""));
        return after.map(name -> behind(name, all, max));
    }

    private static Page behind(String name, List<String> all, OptionalInt max) {
        int limit = max.orElse(ALL_MAX);
        var found = all.stream().filter(one -> one.compareTo(name) > 0).limit(limit + 1L).toList();
        if (found.size() <= limit) {
            return new Page(found, Optional.empty());
        }
        var shown = found.subList(0, limit);
        return new Page(
                shown, max.isPresent() ? Optional.of(token(shown.getLast())) : Optional.empty());
    }

    private static String token(String name) {
        return Base64.getEncoder().encodeToString(name.getBytes(UTF_8));
    }

    private static Optional<String> name(String token) {
        try {
            var bytes = Base64.getDecoder().decode(token);
            return Optional.of(UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString());
        } catch (IllegalArgumentException | CharacterCodingException notOurs) {
            return Optional.empty();
        }
    }
}
