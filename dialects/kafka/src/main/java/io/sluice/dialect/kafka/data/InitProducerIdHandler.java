package io.sluice.dialect.kafka.data;

import io.sluice.broker.Broker;
import io.sluice.broker.BrokerError;
import io.sluice.broker.Reply;
import io.sluice.dialect.kafka.KafkaErrors;
import io.sluice.dialect.kafka.Request;
import io.sluice.dialect.kafka.RequestHandler;
import io.sluice.dialect.kafka.Responder;
import org.apache.kafka.common.errors.UnsupportedVersionException;
import org.apache.kafka.common.message.InitProducerIdResponseData;
import org.apache.kafka.common.protocol.Errors;
import org.apache.kafka.common.requests.InitProducerIdRequest;
import org.apache.kafka.common.requests.InitProducerIdResponse;

/// InitProducerId (22): a new id for an idempotent producer, also when it comes back with an old one, as Kafka does without a
/// transactional id.
final class InitProducerIdHandler implements RequestHandler {
    private static final short FIRST_EPOCH = 0;

    private final Broker broker;

    InitProducerIdHandler(Broker broker) {
        this.broker = broker;
    }

    @Override
    public void handle(Request request, Responder responder) {
        var transactionalId = request.body(InitProducerIdRequest.class).data().transactionalId();
        if (transactionalId == null) {
            broker.nextProducerId(new Given(responder));
        } else if (transactionalId.isEmpty()) {
            responder.refuse(Errors.INVALID_REQUEST.exception());
        } else {
            responder.refuse(
                    new UnsupportedVersionException("this broker does not take transactions yet"));
        }
    }

    private record Given(Responder responder) implements Reply<Long> {
        @Override
        public void done(Long producerId) {
            responder.answer(
                    new InitProducerIdResponse(
                            new InitProducerIdResponseData()
                                    .setProducerId(producerId)
                                    .setProducerEpoch(FIRST_EPOCH)));
        }

        @Override
        public void refused(BrokerError error) {
            responder.refuse(KafkaErrors.exception(error));
        }
    }
}
