package io.sluice.server.command;

import java.util.Locale;

/// How a text stands out on a screen.
enum Colour {
    PLAIN(""),
    BOLD("\u001b[1m"),
    FAINT("\u001b[2m"),
    RED("\u001b[31m"),
    GREEN("\u001b[32m"),
    YELLOW("\u001b[33m");

    static final String END = "\u001b[0m";

    private final String start;

    Colour(String start) {
        this.start = start;
    }

    String start() {
        return start;
    }

    /// Of a state's name, whatever it is the state of.
    static Colour ofState(String state) {
        return switch (state.toLowerCase(Locale.ROOT)) {
            case "open", "forced_open", "failed", "cancelled" -> RED;
            case "half_open", "paused" -> YELLOW;
            case "closed", "running", "done", "completed" -> GREEN;
            default -> PLAIN;
        };
    }
}
