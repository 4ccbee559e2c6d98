package io.sluice.dialect.sqs.operation;

import io.sluice.dialect.sqs.protocol.BatchEntry;
import io.sluice.dialect.sqs.protocol.Operation;
import java.util.List;

/// Sends one message.
final class SendMessage {
    private SendMessage() {}

    static void run(Call call, Operation.SendMessage asked) {
        call.withQueue(
                asked.queue(),
                queue ->
                        new Sending(call, queue)
                                .send(
                                        List.of(new BatchEntry<>("", asked.message())),
                                        outcomes -> {
                                            if (outcomes.failed().isEmpty()) {
                                                call.done(
                                                        outcomes.successful().getFirst().value());
                                            } else {
                                                call.refuse(outcomes.failed().getFirst().error());
                                            }
                                        }));
    }
}
