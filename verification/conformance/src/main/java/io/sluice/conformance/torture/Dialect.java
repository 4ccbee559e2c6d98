package io.sluice.conformance.torture;

import io.sluice.conformance.process.BrokerProcess;
import io.sluice.conformance.process.RabbitMq;
import io.sluice.conformance.process.Software;
import io.sluice.conformance.torture.amqp.AmqpLoad;
import io.sluice.conformance.torture.kafka.KafkaLoad;
import io.sluice.conformance.torture.policies.PolicyLoad;
import io.sluice.conformance.torture.sqs.SqsLoad;
import java.util.Random;

/// Whose clients load the broker.
public enum Dialect {
    KAFKA {
        @Override
        Load load(BrokerProcess broker, Random random) {
            return new KafkaLoad(broker.bootstrap(), random);
        }
    },
    AMQP {
        @Override
        Load load(BrokerProcess broker, Random random) {
            return new AmqpLoad(
                    broker.ports().amqp(), !(Software.underTest() instanceof RabbitMq), random);
        }
    },
    SQS {
        @Override
        Load load(BrokerProcess broker, Random random) {
            return new SqsLoad(broker.ports().sqs(), random);
        }
    },
    /// Clients of AMQP and SQS together, on a queue whose policies are at work.
    POLICIES {
        @Override
        Load load(BrokerProcess broker, Random random) {
            return new PolicyLoad(broker.ports(), random);
        }
    };

    abstract Load load(BrokerProcess broker, Random random);
}
