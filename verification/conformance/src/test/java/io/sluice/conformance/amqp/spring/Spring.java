package io.sluice.conformance.amqp.spring;

import io.sluice.conformance.support.AmqpAddress;
import java.util.ArrayDeque;
import java.util.Deque;
import org.springframework.amqp.core.Queue;
import org.springframework.amqp.core.QueueBuilder;
import org.springframework.amqp.rabbit.connection.CachingConnectionFactory;
import org.springframework.amqp.rabbit.connection.CachingConnectionFactory.ConfirmType;
import org.springframework.amqp.rabbit.core.RabbitAdmin;
import org.springframework.amqp.rabbit.core.RabbitTemplate;
import org.springframework.amqp.rabbit.listener.AbstractMessageListenerContainer;
import org.springframework.context.support.GenericApplicationContext;

/// What a Spring application has of AMQP; closed in one go.
final class Spring implements AutoCloseable {
    static final long PATIENCE_MILLIS = 20_000;

    private final AmqpAddress broker;
    private final CachingConnectionFactory connections;
    private final GenericApplicationContext context = new GenericApplicationContext();
    private final RabbitAdmin admin;
    private final Deque<AbstractMessageListenerContainer> containers = new ArrayDeque<>();

    private Spring(AmqpAddress broker, ConfirmType confirms) {
        this.broker = broker;
        this.connections = new CachingConnectionFactory(broker.host(), broker.port());
        connections.setPublisherConfirmType(confirms);
        connections.setPublisherReturns(confirms == ConfirmType.CORRELATED);
        this.admin = new RabbitAdmin(connections);
        context.refresh();
        admin.setApplicationContext(context);
    }

    static Spring to(AmqpAddress broker) {
        return new Spring(broker, ConfirmType.NONE);
    }

    static Spring withConfirms(AmqpAddress broker, ConfirmType confirms) {
        return new Spring(broker, confirms);
    }

    CachingConnectionFactory connections() {
        return connections;
    }

    RabbitAdmin admin() {
        return admin;
    }

    /// A new template that waits for what it is to receive.
    RabbitTemplate template() {
        var template = new RabbitTemplate(connections);
        template.setReceiveTimeout(PATIENCE_MILLIS);
        template.setReplyTimeout(PATIENCE_MILLIS);
        return template;
    }

    String name(String hint) {
        return broker.name("spring-" + hint);
    }

    /// A durable queue with a name of its own.
    Queue queue(String hint) {
        return declared(QueueBuilder.durable(name(hint)).build());
    }

    Queue declared(Queue queue) {
        admin.declareQueue(queue);
        return queue;
    }

    /// Makes `queue` a bean: containers that miss it have it declared again.
    Queue ofTheContext(Queue queue) {
        context.getBeanFactory().registerSingleton(queue.getName(), queue);
        return queue;
    }

    /// How many messages of `queue` nobody holds.
    long ready(Queue queue) {
        var info = admin.getQueueInfo(queue.getName());
        return info == null ? -1 : info.getMessageCount();
    }

    /// Starts `container` on `queue`, with this application's connections and admin.
    <C extends AbstractMessageListenerContainer> C listening(C container, Queue queue) {
        container.setConnectionFactory(connections);
        container.setAmqpAdmin(admin);
        container.setApplicationContext(context);
        container.setQueues(queue);
        container.setRecoveryInterval(200);
        container.setFailedDeclarationRetryInterval(200);
        container.afterPropertiesSet();
        container.start();
        containers.push(container);
        return container;
    }

    @Override
    public void close() {
        containers.forEach(AbstractMessageListenerContainer::stop);
        connections.destroy();
        context.close();
    }
}
