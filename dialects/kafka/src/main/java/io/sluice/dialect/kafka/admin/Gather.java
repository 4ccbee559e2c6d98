package io.sluice.dialect.kafka.admin;

import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/// Asks several questions at once and hands on all answers, in the questions' order, when the last one has come.
///
/// A request about a thousand topics so becomes a thousand commands under way together, which the journal forces in one go.
/// Answers may come on any thread; the whole is handed on by the thread that brought the last one.
final class Gather {
    private Gather() {}

    /// @param ask asks one question; its answer must be given exactly once
    static <Q, A> void all(
            List<Q> questions, BiConsumer<Q, Consumer<A>> ask, Consumer<List<A>> whole) {
        if (questions.isEmpty()) {
            whole.accept(List.of());
            return;
        }
        var answers = new AtomicReferenceArray<@Nullable A>(questions.size());
        var missing = new AtomicInteger(questions.size());
        for (var i = 0; i < questions.size(); i++) {
            var index = i;
            ask.accept(
                    questions.get(index),
                    answer -> {
                        answers.set(index, answer);
                        if (missing.decrementAndGet() == 0) {
                            whole.accept(inOrder(answers));
                        }
                    });
        }
    }

    private static <A> List<A> inOrder(AtomicReferenceArray<@Nullable A> answers) {
        return IntStream.range(0, answers.length())
                .mapToObj(
                        index -> {
                            var answer = answers.get(index);
                            assert answer != null : "every question was answered";
                            return answer;
                        })
                .toList();
    }
}
