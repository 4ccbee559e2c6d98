package io.sluice.conformance.demo;

import java.util.Optional;

/// One payment, and the text that it travels as.
///
/// @param id unique; the gateway charges it once, however often it is asked to
/// @param account payments of one account are charged in their order
/// @param number 1 for an account's first one
/// @param poison the gateway cannot read it before its fix
public record Payment(String id, String account, int number, boolean poison) {
    private static final int FIELDS = 4;

    public String text() {
        return id + "," + account + "," + number + "," + (poison ? "EUR ??" : "EUR 10");
    }

    /// Empty for what is no payment.
    public static Optional<Payment> of(String text) {
        var fields = text.split(",", -1);
        return fields.length != FIELDS
                ? Optional.empty()
                : Optional.of(
                        new Payment(
                                fields[0],
                                fields[1],
                                Integer.parseInt(fields[2]),
                                fields[3].contains("?")));
    }
}
