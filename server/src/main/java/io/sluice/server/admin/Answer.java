package io.sluice.server.admin;

/// What a route says: an HTTP status and a body.
///
/// @param status 100 to 599
record Answer(int status, String contentType, String body) {
    Answer {
        assert status >= 100 && status <= 599 : "an HTTP status: " + status;
    }

    static Answer text(int status, String line) {
        return new Answer(status, "text/plain; charset=utf-8", line + "\n");
    }
}
