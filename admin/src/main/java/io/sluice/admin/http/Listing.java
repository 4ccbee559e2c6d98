package io.sluice.admin.http;

import io.sluice.admin.json.Json;
import io.sluice.admin.json.JsonObject;
import java.math.BigDecimal;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import org.jspecify.annotations.Nullable;

/// A list as it was asked for: sorted by `sort`, and cut into pages when there is a `page`.
public final class Listing {
    private static final int PAGE_SIZE = 100;
    private static final int PAGE_SIZE_MAX = 500;

    private Listing() {}

    /// All items, or one page of them.
    ///
    /// @param items in the order that they have when nothing else is asked for
    public static Answer of(Query query, List<JsonObject> items) {
        var sorted = sorted(query, items);
        var page = query.number("page");
        return page.isEmpty() ? Answer.ok(sorted) : page(query, page.getAsInt(), sorted);
    }

    private static List<JsonObject> sorted(Query query, List<JsonObject> items) {
        var columns = query.list("sort");
        if (columns.isEmpty()) {
            return items;
        }
        var order =
                columns.stream().map(Listing::by).reduce(Comparator::thenComparing).orElseThrow();
        return items.stream()
                .sorted(query.flag("sort_reverse") ? order.reversed() : order)
                .toList();
    }

    private static Comparator<JsonObject> by(String column) {
        return (one, other) -> compare(Columns.find(one, column), Columns.find(other, column));
    }

    /// What is missing comes first, then numbers, then texts, then all else as it is.
    private static int compare(@Nullable Json one, @Nullable Json other) {
        return one instanceof Json.Digits(String left) && other instanceof Json.Digits(String right)
                ? new BigDecimal(left).compareTo(new BigDecimal(right))
                : Comparator.comparingInt(Listing::rank)
                        .thenComparing(Listing::text)
                        .compare(
                                one == null ? Json.nothing() : one,
                                other == null ? Json.nothing() : other);
    }

    private static int rank(Json value) {
        return switch (value) {
            case Json.Null _ -> 0;
            case Json.Digits _ -> 1;
            case Json.Text _ -> 2;
            case Json.Bool _, Json.Array _, JsonObject _ -> 3;
        };
    }

    private static String text(Json value) {
        return value instanceof Json.Text(String text) ? text : value.text();
    }

    private static Answer page(Query query, int page, List<JsonObject> sorted) {
        int size = query.number("page_size").orElse(PAGE_SIZE);
        if (page < 1 || size < 1 || size > PAGE_SIZE_MAX) {
            throw invalid(
                    "invalid_pagination_parameters",
                    "Invalid pagination parameters: page number %d, page size %d"
                            .formatted(page, size));
        }
        var found = sorted.stream().filter(named(query)).toList();
        int pages = (found.size() + size - 1) / size;
        if (page > Math.max(1, pages)) {
            throw invalid(
                    "page_out_of_range",
                    "Page out of range, page: %d page size: %d, len: %d"
                            .formatted(page, size, found.size()));
        }
        int from = (page - 1) * size;
        var items = found.subList(from, Math.min(from + size, found.size()));
        return Answer.ok(
                JsonObject.object()
                        .put("filtered_count", found.size())
                        .put("item_count", items.size())
                        .put("items", items)
                        .put("page", page)
                        .put("page_count", pages)
                        .put("page_size", size)
                        .put("total_count", sorted.size()));
    }

    /// Whether the name has in it what is asked for, in small or capital letters, or matches it.
    private static Predicate<JsonObject> named(Query query) {
        var wanted = query.text("name").orElse("");
        if (wanted.isEmpty()) {
            return _ -> true;
        }
        if (!query.flag("use_regex")) {
            var part = wanted.toLowerCase(Locale.ROOT);
            return item -> name(item).toLowerCase(Locale.ROOT).contains(part);
        }
        try {
            var pattern = Pattern.compile(wanted, Pattern.CASE_INSENSITIVE);
            return item -> pattern.matcher(name(item)).find();
        } catch (PatternSyntaxException _) {
            throw new AnsweredException(Answer.badRequest("Pagination parameters are invalid"));
        }
    }

    private static String name(JsonObject item) {
        return item.text("name").orElse("");
    }

    private static AnsweredException invalid(String error, String reason) {
        return new AnsweredException(Answer.error(400, error, Json.of(reason)));
    }
}
