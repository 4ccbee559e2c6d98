package io.sluice.dialect.kafka.group;

import io.sluice.broker.Catalog;
import io.sluice.broker.Topic;
import java.util.AbstractSet;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.Predicate;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.coordinator.common.runtime.CoordinatorMetadataDelta;
import org.apache.kafka.coordinator.common.runtime.CoordinatorMetadataImage;

/// The catalog as Kafka's coordinator looks at it: a view, nothing is copied. Immutable as the catalog is.
record CatalogImage(Catalog catalog) implements CoordinatorMetadataImage {
    @Override
    public Set<Uuid> topicIds() {
        return view(
                topic -> kafkaId(topic.id()),
                id -> id instanceof Uuid it && topicMetadata(it).isPresent());
    }

    @Override
    public Set<String> topicNames() {
        return view(
                Topic::name, name -> name instanceof String it && catalog.topic(it).isPresent());
    }

    @Override
    public Optional<TopicMetadata> topicMetadata(String topicName) {
        return catalog.topic(topicName).map(Metadata::new);
    }

    @Override
    public Optional<TopicMetadata> topicMetadata(Uuid topicId) {
        return catalog.topic(brokerId(topicId)).map(Metadata::new);
    }

    @Override
    public CoordinatorMetadataDelta emptyDelta() {
        return CatalogDelta.between(this, this);
    }

    @Override
    public long version() {
        return catalog.version();
    }

    @Override
    public boolean isEmpty() {
        return catalog.topics().isEmpty();
    }

    static Uuid kafkaId(UUID id) {
        return new Uuid(id.getMostSignificantBits(), id.getLeastSignificantBits());
    }

    static UUID brokerId(Uuid id) {
        return new UUID(id.getMostSignificantBits(), id.getLeastSignificantBits());
    }

    private <E> Set<E> view(Function<Topic, E> element, Predicate<Object> contains) {
        return new AbstractSet<>() {
            @Override
            public Iterator<E> iterator() {
                return catalog.topics().stream().map(element).iterator();
            }

            @Override
            public int size() {
                return catalog.topics().size();
            }

            @Override
            public boolean contains(Object wanted) {
                return contains.test(wanted);
            }
        };
    }

    private record Metadata(Topic topic) implements TopicMetadata {
        @Override
        public String name() {
            return topic.name();
        }

        @Override
        public Uuid id() {
            return kafkaId(topic.id());
        }

        @Override
        public int partitionCount() {
            return topic.partitions();
        }

        /// No racks. The coordinator sorts the list in place, so it gets one of its own.
        @Override
        public List<String> partitionRacks(int partitionId) {
            return new ArrayList<>();
        }
    }
}
