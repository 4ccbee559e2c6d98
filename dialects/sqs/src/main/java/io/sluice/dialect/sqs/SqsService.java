package io.sluice.dialect.sqs;

import io.sluice.dialect.sqs.codec.Decoded;
import io.sluice.dialect.sqs.codec.RawReply;
import io.sluice.dialect.sqs.codec.RawRequest;
import io.sluice.dialect.sqs.codec.Replies;
import io.sluice.dialect.sqs.codec.RequestIds;
import io.sluice.dialect.sqs.codec.Requests;
import io.sluice.dialect.sqs.codec.Wire;
import io.sluice.dialect.sqs.operation.Answering;
import io.sluice.dialect.sqs.operation.Caller;
import io.sluice.dialect.sqs.operation.Callers;
import io.sluice.dialect.sqs.operation.Operations;
import io.sluice.dialect.sqs.protocol.Operation;
import io.sluice.dialect.sqs.protocol.Result;
import io.sluice.dialect.sqs.protocol.SqsError;
import io.sluice.transport.http.HttpAnswer;
import io.sluice.transport.http.HttpReply;
import io.sluice.transport.http.HttpRequest;
import io.sluice.transport.http.HttpService;
import java.util.random.RandomGenerator;

/// One request from its bytes to its answer's: who sent it, what it wants, what came of it.
final class SqsService implements HttpService {
    private final Callers callers;
    private final Operations operations;
    private final RandomGenerator random;

    SqsService(Callers callers, Operations operations, RandomGenerator random) {
        this.callers = callers;
        this.operations = operations;
        this.random = random;
    }

    @Override
    public void handle(HttpRequest request, HttpReply reply) {
        var raw =
                new RawRequest(
                        request.method(),
                        request.path(),
                        request.query(),
                        request::header,
                        request.body());
        var wire = Wire.of(raw);
        switch (Requests.decode(wire, raw)) {
            case Decoded.Refused(SqsError error) -> send(reply, Replies.encode(wire, error, id()));
            case Decoded.Understood(Operation operation) -> {
                switch (callers.of(raw)) {
                    case Callers.Found.Rejected(SqsError error) ->
                            send(reply, Replies.encode(wire, error, id()));
                    case Callers.Found.Known(Caller caller) ->
                            operations.run(operation, caller, answering(wire, operation, reply));
                }
            }
        }
    }

    private Answering answering(Wire wire, Operation operation, HttpReply reply) {
        return new Answering() {
            @Override
            public void done(Result result) {
                send(reply, Replies.encode(wire, operation.action(), result, id()));
            }

            @Override
            public void refused(SqsError error) {
                send(reply, Replies.encode(wire, error, id()));
            }

            @Override
            public void whenGone(Runnable gone) {
                reply.whenGone(gone);
            }
        };
    }

    private String id() {
        return RequestIds.next(random);
    }

    private static void send(HttpReply reply, RawReply raw) {
        reply.send(new HttpAnswer(raw.status(), raw.contentType(), raw.headers(), raw.body()));
    }
}
