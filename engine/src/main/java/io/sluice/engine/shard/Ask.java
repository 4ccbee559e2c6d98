package io.sluice.engine.shard;

import io.sluice.broker.BrokerError;
import io.sluice.broker.Reply;
import java.util.function.Consumer;

/// A question whose answer needs no file of its own.
record Ask<T>(Consumer<Reply<T>> question, Reply<T> reply) implements Command {
    @Override
    public void run(Shard shard) {
        question.accept(reply);
    }

    @Override
    public void refuse(BrokerError error) {
        reply.refused(error);
    }
}
