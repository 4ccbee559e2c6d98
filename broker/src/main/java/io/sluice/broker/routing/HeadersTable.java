package io.sluice.broker.routing;

import io.sluice.base.PersistentMap;
import io.sluice.broker.routing.Bucket.Destinations;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Bindings by what their arguments ask of a message's headers. All of them are asked, one after the other.
final class HeadersTable implements Table {
    static final HeadersTable EMPTY = new HeadersTable(PersistentMap.empty());

    private final PersistentMap<Binding, Question> questions;

    /// The same in a row, made when first asked for; see [Bucket].
    private @Nullable List<Question> row;

    private HeadersTable(PersistentMap<Binding, Question> questions) {
        this.questions = questions;
    }

    private record Question(HeadersMatch match, Destinations destinations) {}

    @Override
    public HeadersTable with(Target target) {
        var binding = target.binding();
        var question =
                new Question(
                        HeadersMatch.of(binding.arguments()), Destinations.of(List.of(target)));
        return new HeadersTable(questions.with(binding, question));
    }

    @Override
    public HeadersTable without(Binding binding) {
        return new HeadersTable(questions.without(binding));
    }

    @Override
    public void route(String key, Walk walk) {
        var headers = walk.headers();
        for (var question : row()) {
            if (question.match().matches(headers)) {
                walk.found(question.destinations());
            }
        }
    }

    private List<Question> row() {
        var present = row;
        if (present == null) {
            present = List.copyOf(questions.values());
            row = present;
        }
        return present;
    }
}
