package io.sluice.dialect.sqs.codec;

/// How a client speaks, and wants to be answered.
public enum Wire {
    /// AWS JSON 1.0, both ways.
    JSON,
    /// Forms in, XML out.
    QUERY,
    /// Forms in, JSON out, shaped like the XML: what `Accept: application/json` brings.
    QUERY_TO_JSON;

    private static final String TARGET = "x-amz-target";

    /// By what the request says of itself, never by its path: some clients post JSON to the queue's URL.
    public static Wire of(RawRequest request) {
        if (!request.header(TARGET).isEmpty()
                || request.header("content-type").startsWith("application/x-amz-json")) {
            return JSON;
        }
        return request.header("accept").startsWith("application/json") ? QUERY_TO_JSON : QUERY;
    }
}
