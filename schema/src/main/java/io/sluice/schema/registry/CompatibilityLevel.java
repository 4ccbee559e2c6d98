package io.sluice.schema.registry;

import java.util.Arrays;
import java.util.Optional;

/// What a new version must be to those before it.
public enum CompatibilityLevel {
    NONE(false, false, false),
    /// It can read what was written with the latest one.
    BACKWARD(true, false, false),
    BACKWARD_TRANSITIVE(true, false, true),
    /// The latest one can read what is written with it.
    FORWARD(false, true, false),
    FORWARD_TRANSITIVE(false, true, true),
    FULL(true, true, false),
    FULL_TRANSITIVE(true, true, true);

    /// What holds where nobody has said anything.
    public static final CompatibilityLevel DEFAULT = BACKWARD;

    private final boolean backward;
    private final boolean forward;
    private final boolean transitive;

    CompatibilityLevel(boolean backward, boolean forward, boolean transitive) {
        this.backward = backward;
        this.forward = forward;
        this.transitive = transitive;
    }

    public static Optional<CompatibilityLevel> of(String name) {
        return Arrays.stream(values()).filter(level -> level.name().equals(name)).findFirst();
    }

    /// Whether the new version must read what earlier ones wrote.
    boolean isBackward() {
        return backward;
    }

    /// Whether earlier versions must read what the new one writes.
    boolean isForward() {
        return forward;
    }

    /// Whether all earlier ones count, not only the latest.
    boolean isTransitive() {
        return transitive;
    }
}
