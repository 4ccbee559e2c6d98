package io.sluice.dialect.kafka.data;

import io.sluice.broker.Broker;
import io.sluice.broker.BrokerError;
import io.sluice.broker.Catalog;
import io.sluice.broker.CatalogChange;
import io.sluice.broker.Reply;
import io.sluice.dialect.kafka.KafkaErrors;
import io.sluice.dialect.kafka.KafkaSettings;
import io.sluice.dialect.kafka.Request;
import io.sluice.dialect.kafka.RequestHandler;
import io.sluice.dialect.kafka.Responder;
import io.sluice.dialect.kafka.TopicIds;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.errors.InvalidRequestException;
import org.apache.kafka.common.errors.InvalidTopicException;
import org.apache.kafka.common.internals.Topic;
import org.apache.kafka.common.protocol.Errors;
import org.apache.kafka.common.requests.MetadataRequest;

/// Metadata (3): the one broker, and topics by name or id. A topic that is asked for by name and missing is created, if
/// server and client both want it.
///
/// Kafka answers such a request before the topic is there and lets the client ask again; here the answer waits for the topic.
final class MetadataHandler implements RequestHandler {
    private static final short IDS_SINCE = 12;

    private final Broker broker;
    private final KafkaSettings settings;

    MetadataHandler(Broker broker, KafkaSettings settings) {
        this.broker = broker;
        this.settings = settings;
    }

    @Override
    public void handle(Request request, Responder responder) {
        var asked = request.body(MetadataRequest.class);
        var answer = new MetadataAnswer(broker.catalog(), request);
        if (asked.isAllTopics()) {
            broker.catalog().topics().forEach(answer::add);
            responder.answer(answer.response());
            return;
        }
        refuseMixedUp(asked);
        var ids = asked.topicIds().stream().filter(id -> !id.equals(Uuid.ZERO_UUID)).toList();
        if (ids.isEmpty()) {
            byName(asked, request, responder);
        } else {
            ids.forEach(answer::addById);
            responder.answer(answer.response());
        }
    }

    private static void refuseMixedUp(MetadataRequest asked) {
        for (var topic : asked.data().topics()) {
            if (topic.name() == null && asked.version() < IDS_SINCE) {
                throw new InvalidRequestException(
                        "a topic's name cannot be null in version " + asked.version());
            }
            if (!topic.topicId().equals(Uuid.ZERO_UUID) && asked.version() < IDS_SINCE) {
                throw new InvalidRequestException(
                        "topics have no ids in version " + asked.version());
            }
        }
    }

    private void byName(MetadataRequest asked, Request request, Responder responder) {
        var names = asked.topics().stream().distinct().toList();
        var failures = new ConcurrentHashMap<String, Errors>();
        var missing = new Missing(() -> answer(names, failures, request, responder));
        var creates = settings.autoCreateTopics() && asked.allowAutoTopicCreation();
        for (var name : names) {
            if (broker.catalog().topic(name).isEmpty()) {
                var unfit = unfit(name, creates);
                if (unfit == Errors.NONE) {
                    missing.one();
                    create(name, failures, missing);
                } else {
                    failures.put(name, unfit);
                }
            }
        }
        missing.arrived();
    }

    private static Errors unfit(String name, boolean creates) {
        try {
            Topic.validate(name);
        } catch (InvalidTopicException invalid) {
            return Errors.INVALID_TOPIC_EXCEPTION;
        }
        // What the broker keeps for itself is created by whoever needs it, with settings of its
        // own.
        return creates && !Topic.isInternal(name) ? Errors.NONE : Errors.UNKNOWN_TOPIC_OR_PARTITION;
    }

    private void create(String name, Map<String, Errors> failures, Missing missing) {
        broker.change(
                new CatalogChange.CreateTopic(
                        TopicIds.random(), name, settings.defaultPartitions(), Map.of()),
                new Reply<>() {
                    @Override
                    public void done(Catalog catalog) {
                        missing.arrived();
                    }

                    @Override
                    public void refused(BrokerError error) {
                        // Somebody else was faster: it is there, which is all that was wanted.
                        if (!(error instanceof BrokerError.TopicExists)) {
                            failures.put(name, KafkaErrors.of(error));
                        }
                        missing.arrived();
                    }
                });
    }

    private void answer(
            List<String> names,
            Map<String, Errors> failures,
            Request request,
            Responder responder) {
        var answer = new MetadataAnswer(broker.catalog(), request);
        for (var name : names) {
            answer.addByName(name, failures.getOrDefault(name, Errors.UNKNOWN_TOPIC_OR_PARTITION));
        }
        responder.answer(answer.response());
    }
}
