package io.sluice.simulation.broker;

/// The disk failed the broker while somebody waited for an answer: its server stops, nobody gets one.
public final class ProcessEnded extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public ProcessEnded() {
        super("the process has ended", null, false, false);
    }
}
