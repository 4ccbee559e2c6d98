package io.sluice.dialect.kafka;

import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.Unpooled;
import io.sluice.base.Buffer;
import io.sluice.dialect.kafka.wire.ResponseEncoder;
import io.sluice.dialect.kafka.wire.StoredRecords;
import io.sluice.transport.Answer;
import io.sluice.transport.Exchange;
import io.sluice.transport.Frame;
import io.sluice.transport.Outgoing;
import java.nio.ByteBuffer;
import java.util.function.Supplier;
import org.apache.kafka.common.Node;
import org.apache.kafka.common.requests.AbstractRequest;
import org.apache.kafka.common.requests.AbstractResponse;
import org.apache.kafka.common.requests.FetchResponse;
import org.apache.kafka.common.requests.RequestContext;
import org.jspecify.annotations.Nullable;

/// One request and its answer: all three roles in one object, as there is one per request.
final class KafkaExchange implements Request, Responder, PendingAnswer, Answer {
    private final KafkaSession session;
    private final Exchange exchange;
    private final Frame frame;
    private final RequestContext context;
    private final AbstractRequest body;

    /// What to send; null for silence.
    private @Nullable PendingAnswer pending;

    private @Nullable AbstractResponse response;
    private @Nullable Runnable cancel;
    private boolean over;

    KafkaExchange(
            KafkaSession session,
            Exchange exchange,
            Frame frame,
            RequestContext context,
            AbstractRequest body) {
        this.session = session;
        this.exchange = exchange;
        this.frame = frame;
        this.context = context;
        this.body = body;
    }

    // ---- Request

    @Override
    public RequestContext context() {
        return context;
    }

    @Override
    public AbstractRequest body() {
        return body;
    }

    @Override
    public Node node() {
        return session.node();
    }

    @Override
    public Buffer lend(ByteBuffer part) {
        return frame.lend(part);
    }

    @Override
    public <T extends Attachment> T attachment(Class<T> type, Supplier<T> fresh) {
        return session.attachment(type, fresh);
    }

    @Override
    public void onEnd(Runnable cancel) {
        if (!over) {
            this.cancel = cancel;
            session.waits(this);
        }
    }

    /// Ends the wait that the handler announced. On the loop.
    void cancel() {
        if (cancel != null) {
            cancel.run();
        }
    }

    // ---- Responder

    @Override
    public void answer(AbstractResponse answer) {
        response = answer;
        answer((PendingAnswer) this);
    }

    @Override
    public void answer(PendingAnswer answer) {
        pending = answer;
        exchange.answer(this);
    }

    @Override
    public void refuse(Throwable reason) {
        var refusal = body.getErrorResponse(0, reason);
        if (refusal == null) {
            // Produce with acks=0 has no answer, not even this one.
            hangUp(String.valueOf(reason.getMessage()));
        } else {
            answer(refusal);
        }
    }

    @Override
    public void stayQuiet() {
        exchange.answer(this);
    }

    @Override
    public void hangUp(String reason) {
        session.hangUp(reason);
        stayQuiet();
    }

    // ---- the answer that was there at once

    @Override
    public AbstractResponse assemble() {
        assert response != null : "only an exchange with a response is its own pending answer";
        return response;
    }

    // ---- Answer: on the loop

    @Override
    public Outgoing encode(ByteBufAllocator memory) {
        finish();
        if (pending == null) {
            return Outgoing.of(Unpooled.EMPTY_BUFFER);
        }
        var assembled = pending.assemble();
        try {
            return ResponseEncoder.encode(
                    context.correlationId(),
                    context.header.apiKey().responseHeaderVersion(context.header.apiVersion()),
                    assembled.data(),
                    context.apiVersion(),
                    memory);
        } catch (RuntimeException e) {
            if (assembled instanceof FetchResponse fetched) {
                StoredRecords.dropAll(fetched.data());
            }
            throw e;
        }
    }

    @Override
    public void drop() {
        finish();
        if (pending != null && pending != this) {
            pending.drop();
        }
    }

    private void finish() {
        over = true;
        if (cancel != null) {
            session.waitsNoMore(this);
        }
    }
}
