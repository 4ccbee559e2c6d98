package io.sluice.admin.http;

import java.util.concurrent.CompletableFuture;

/// Answers one method of one path. Called on the admin's loop, and its answer is completed there. May throw an [AnsweredException], or
/// complete with one.
public interface Handler {
    CompletableFuture<Answer> answer(Call call);

    /// One that needs nobody to answer.
    static Handler now(Immediate handler) {
        return call -> CompletableFuture.completedFuture(handler.answer(call));
    }

    /// A handler that answers at once.
    interface Immediate {
        Answer answer(Call call);
    }
}
