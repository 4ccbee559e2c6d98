package io.sluice.admin.http;

/// Ends a handler early with an answer: for what is found out deep inside of it.
public final class AnsweredException extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final transient Answer answer;

    public AnsweredException(Answer answer) {
        super("answered with status " + answer.status(), null, false, false);
        this.answer = answer;
    }

    public Answer answer() {
        return answer;
    }
}
