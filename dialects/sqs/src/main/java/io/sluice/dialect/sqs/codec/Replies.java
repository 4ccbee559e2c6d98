package io.sluice.dialect.sqs.codec;

import io.sluice.dialect.sqs.protocol.Action;
import io.sluice.dialect.sqs.protocol.ErrorKind;
import io.sluice.dialect.sqs.protocol.Result;
import io.sluice.dialect.sqs.protocol.SqsError;
import java.util.Map;

/// Results and errors as answers.
public final class Replies {
    private static final String REQUEST_ID = "x-amzn-RequestId";
    private static final String QUERY_ERROR = "x-amzn-query-error";
    private static final String JSON = "application/x-amz-json-1.0";
    private static final String PLAIN_JSON = "application/json";
    private static final String XML = "text/xml";
    private static final String NAMESPACE = "http://queue.amazonaws.com/doc/2012-11-05/";

    private static final int BYTES_USUAL = 512;
    private static final int BYTES_BESIDE_BODY = 1024;

    private Replies() {}

    public static RawReply encode(Wire wire, Action action, Result result, String requestId) {
        var into = new ByteSink(bytesExpected(result));
        switch (wire) {
            case JSON -> {
                var json = new JsonOutput(into, JsonOutput.Naming.JSON).begin();
                ResultMembers.write(json, action, result);
                json.end();
            }
            case QUERY -> xml(into, action, result, requestId);
            case QUERY_TO_JSON -> json(into, action, result, requestId);
        }
        return new RawReply(200, contentType(wire), Map.of(REQUEST_ID, requestId), into.whole());
    }

    private static int bytesExpected(Result result) {
        if (!(result instanceof Result.Received(var messages))) {
            return BYTES_USUAL;
        }
        var bytes = (long) BYTES_USUAL;
        for (var message : messages) {
            bytes += BYTES_BESIDE_BODY + message.body().remaining();
        }
        return (int) Math.min(bytes, Integer.MAX_VALUE / 4);
    }

    private static void xml(ByteSink into, Action action, Result result, String requestId) {
        var name = action.wireName();
        into.text("<?xml version=\"1.0\"?><" + name + "Response xmlns=\"" + NAMESPACE + "\">");
        var xml = new XmlOutput(into);
        if (!(result instanceof Result.Done)) {
            xml.begin(name + "Result");
            ResultMembers.write(xml, action, result);
            xml.end(name + "Result");
        }
        xml.begin("ResponseMetadata").text("RequestId", requestId);
        xml.end("ResponseMetadata");
        xml.end(name + "Response");
    }

    private static void json(ByteSink into, Action action, Result result, String requestId) {
        var name = action.wireName();
        var json = new JsonOutput(into, JsonOutput.Naming.QUERY).begin();
        json.name(name + "Response").begin();
        if (!(result instanceof Result.Done)) {
            json.name(name + "Result").begin();
            ResultMembers.write(json, action, result);
            json.end();
        }
        json.name("ResponseMetadata").begin().text("RequestId", requestId);
        json.end();
        json.end();
        json.end();
    }

    public static RawReply encode(Wire wire, SqsError error, String requestId) {
        var kind = error.kind();
        var into = new ByteSink(BYTES_USUAL);
        var type = kind.isSendersFault() ? "Sender" : "Receiver";
        return switch (wire) {
            case JSON -> {
                var json = new JsonOutput(into, JsonOutput.Naming.JSON).begin();
                json.text("__type", kind.jsonType());
                json.text("message", error.message());
                json.end();
                yield new RawReply(
                        kind.httpStatus(),
                        JSON,
                        Map.of(REQUEST_ID, requestId, QUERY_ERROR, kind.queryCode() + ";" + type),
                        into.whole());
            }
            case QUERY -> {
                if (kind == ErrorKind.UNKNOWN_OPERATION) {
                    into.text("<UnknownOperationException/>\n");
                } else {
                    xml(into, error, type, requestId);
                }
                yield reply(wire, kind, requestId, into);
            }
            case QUERY_TO_JSON -> {
                var json = new JsonOutput(into, JsonOutput.Naming.QUERY).begin();
                json.name("Error").begin();
                json.text("Code", kind.queryCode());
                json.text("Message", error.queryMessage());
                json.text("Type", type);
                json.end();
                json.text("RequestId", requestId);
                json.end();
                yield reply(wire, kind, requestId, into);
            }
        };
    }

    private static RawReply reply(Wire wire, ErrorKind kind, String requestId, ByteSink into) {
        return new RawReply(
                kind.httpStatus(), contentType(wire), Map.of(REQUEST_ID, requestId), into.whole());
    }

    private static void xml(ByteSink into, SqsError error, String type, String requestId) {
        into.text("<?xml version=\"1.0\"?><ErrorResponse xmlns=\"" + NAMESPACE + "\">");
        var xml = new XmlOutput(into).begin("Error");
        xml.text("Type", type);
        xml.text("Code", error.kind().queryCode());
        xml.text("Message", error.queryMessage());
        into.text("<Detail/>");
        xml.end("Error");
        xml.text("RequestId", requestId);
        xml.end("ErrorResponse");
    }

    private static String contentType(Wire wire) {
        return switch (wire) {
            case JSON -> JSON;
            case QUERY -> XML;
            case QUERY_TO_JSON -> PLAIN_JSON;
        };
    }
}
