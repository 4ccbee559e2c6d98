package io.sluice.dialect.sqs.codec;

import io.sluice.dialect.sqs.protocol.Operation;
import io.sluice.dialect.sqs.protocol.SqsError;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/// Requests as clients send them.
final class Asked {
    private Asked() {}

    static RawRequest json(String path, String target, String body) {
        return request(
                "POST",
                path,
                "",
                Map.of(
                        "content-type",
                        "application/x-amz-json-1.0",
                        "x-amz-target",
                        "AmazonSQS." + target),
                body);
    }

    static RawRequest json(String target, String body) {
        return json("/", target, body);
    }

    static RawRequest form(String path, String body) {
        return request(
                "POST",
                path,
                "",
                Map.of("content-type", "application/x-www-form-urlencoded; charset=utf-8"),
                body);
    }

    static RawRequest form(String body) {
        return form("/", body);
    }

    static RawRequest get(String path, String query) {
        return request("GET", path, query, Map.of(), "");
    }

    static RawRequest request(
            String method, String path, String query, Map<String, String> headers, String body) {
        return new RawRequest(
                method,
                path,
                query,
                headers::get,
                ByteBuffer.wrap(body.getBytes(StandardCharsets.UTF_8)));
    }

    static Decoded decode(RawRequest request) {
        return Requests.decode(Wire.of(request), request);
    }

    static Operation understood(RawRequest request) {
        return switch (decode(request)) {
            case Decoded.Understood(Operation operation) -> operation;
            case Decoded.Refused(SqsError error) -> throw new AssertionError(error.toString());
        };
    }

    static SqsError refused(RawRequest request) {
        return switch (decode(request)) {
            case Decoded.Understood(Operation operation) ->
                    throw new AssertionError(operation.toString());
            case Decoded.Refused(SqsError error) -> error;
        };
    }

    static ByteBuffer utf8(String text) {
        return ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
    }

    static String text(ByteBuffer utf8) {
        return StandardCharsets.UTF_8.decode(utf8.duplicate()).toString();
    }
}
