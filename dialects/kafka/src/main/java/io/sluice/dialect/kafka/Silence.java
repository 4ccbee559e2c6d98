package io.sluice.dialect.kafka;

import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.Unpooled;
import io.sluice.transport.Answer;
import io.sluice.transport.Outgoing;

/// No answer.
record Silence() implements Answer {
    @Override
    public Outgoing encode(ByteBufAllocator memory) {
        return Outgoing.of(Unpooled.EMPTY_BUFFER);
    }

    @Override
    public void drop() {}
}
