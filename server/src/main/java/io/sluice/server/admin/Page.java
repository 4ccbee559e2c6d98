package io.sluice.server.admin;

import java.util.Map;

/// What is said to a request: an HTTP status and a body.
///
/// @param status 100 to 599
/// @param headers beside those that every answer has
record Page(int status, Map<String, String> headers, String contentType, String body) {
    Page {
        assert status >= 100 && status <= 599 : "an HTTP status: " + status;
        headers = Map.copyOf(headers);
    }

    static Page text(int status, String line) {
        return new Page(status, Map.of(), "text/plain; charset=utf-8", line + "\n");
    }
}
