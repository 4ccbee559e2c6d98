package io.sluice.engine.catalog;

import io.sluice.broker.queue.Queue;
import io.sluice.broker.routing.Binding;
import io.sluice.broker.routing.Exchange;
import io.sluice.broker.routing.ExchangeType;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;

/// Catalog entries as bytes; docs/formats/catalog.md draws them. Strings are a u32 length and UTF-8, maps a u32 count and pairs of
/// strings sorted by key.
final class CatalogCodec {
    private CatalogCodec() {}

    /// The number that the entry's frame carries.
    static int kind(CatalogEntry entry) {
        return switch (entry) {
            case CatalogEntry.Founded _ -> 1;
            case CatalogEntry.TopicCreated _ -> 2;
            case CatalogEntry.TopicDeleted _ -> 3;
            case CatalogEntry.TopicGrown _ -> 4;
            case CatalogEntry.TopicConfigured _ -> 5;
            case CatalogEntry.Configured _ -> 6;
            case CatalogEntry.ProducerIdsReserved _ -> 7;
            case CatalogEntry.ShardsLaidOut _ -> 8;
            case CatalogEntry.QueueDeclared(Queue queue) -> queue.attributes().isEmpty() ? 9 : 16;
            case CatalogEntry.QueueDeleted _ -> 10;
            case CatalogEntry.ExchangeDeclared _ -> 11;
            case CatalogEntry.ExchangeDeleted _ -> 12;
            case CatalogEntry.Bound _ -> 13;
            case CatalogEntry.Unbound _ -> 14;
            case CatalogEntry.QueueConfigured _ -> 15;
        };
    }

    /// An upper bound of what [#encode] puts.
    static int bytesMax(CatalogEntry entry) {
        return 64
                + switch (entry) {
                    case CatalogEntry.TopicCreated created ->
                            bytesMax(created.name()) + bytesMax(created.config());
                    case CatalogEntry.TopicConfigured configured -> bytesMax(configured.config());
                    case CatalogEntry.Configured(String kind, String name, var config) ->
                            bytesMax(kind) + bytesMax(name) + bytesMax(config);
                    case CatalogEntry.QueueDeclared(Queue queue) ->
                            bytesMax(queue.namespace())
                                    + bytesMax(queue.name())
                                    + bytesMax(queue.arguments())
                                    + bytesMax(queue.attributes());
                    case CatalogEntry.QueueConfigured(UUID _, var attributes) ->
                            bytesMax(attributes);
                    case CatalogEntry.ExchangeDeclared(Exchange exchange) ->
                            bytesMax(exchange.namespace())
                                    + bytesMax(exchange.name())
                                    + bytesMax(exchange.type().text())
                                    + bytesMax(exchange.arguments());
                    case CatalogEntry.ExchangeDeleted(String namespace, String name) ->
                            bytesMax(namespace) + bytesMax(name);
                    case CatalogEntry.Bound(Binding binding) -> bytesMax(binding);
                    case CatalogEntry.Unbound(Binding binding) -> bytesMax(binding);
                    case CatalogEntry.QueueDeleted _,
                            CatalogEntry.Founded _,
                            CatalogEntry.TopicDeleted _,
                            CatalogEntry.TopicGrown _,
                            CatalogEntry.ProducerIdsReserved _,
                            CatalogEntry.ShardsLaidOut _ ->
                            0;
                };
    }

    static void encode(CatalogEntry entry, ByteBuffer into) {
        switch (entry) {
            case CatalogEntry.Founded(UUID clusterId) -> put(into, clusterId);
            case CatalogEntry.TopicCreated created -> {
                put(into, created.id());
                put(into, created.name());
                into.putInt(created.partitions());
                put(into, created.config());
                into.putLong(created.createdMillis());
            }
            case CatalogEntry.TopicDeleted(UUID id) -> put(into, id);
            case CatalogEntry.QueueDeclared(Queue queue) -> {
                put(into, queue.id());
                put(into, queue.namespace());
                put(into, queue.name());
                put(into, queue.topic());
                putFlags(
                        into,
                        queue.ownsTopic(),
                        queue.durable(),
                        queue.autoDelete(),
                        queue.exclusive());
                put(into, queue.arguments());
                into.putLong(queue.createdMillis());
                if (!queue.attributes().isEmpty()) {
                    put(into, queue.attributes());
                }
            }
            case CatalogEntry.QueueConfigured(UUID id, var attributes) -> {
                put(into, id);
                put(into, attributes);
            }
            case CatalogEntry.QueueDeleted(UUID id) -> put(into, id);
            case CatalogEntry.ExchangeDeclared(Exchange exchange) -> {
                put(into, exchange.namespace());
                put(into, exchange.name());
                put(into, exchange.type().text());
                putFlags(into, exchange.durable(), exchange.autoDelete(), exchange.internal());
                put(into, exchange.arguments());
            }
            case CatalogEntry.ExchangeDeleted(String namespace, String name) -> {
                put(into, namespace);
                put(into, name);
            }
            case CatalogEntry.Bound(Binding binding) -> put(into, binding);
            case CatalogEntry.Unbound(Binding binding) -> put(into, binding);
            case CatalogEntry.TopicGrown(UUID id, int total) -> {
                put(into, id);
                into.putInt(total);
            }
            case CatalogEntry.TopicConfigured(UUID id, var config) -> {
                put(into, id);
                put(into, config);
            }
            case CatalogEntry.Configured(String kind, String name, var config) -> {
                put(into, kind);
                put(into, name);
                put(into, config);
            }
            case CatalogEntry.ProducerIdsReserved(long below) -> into.putLong(below);
            case CatalogEntry.ShardsLaidOut(int shards) -> into.putInt(shards);
        }
    }

    /// @throws IllegalArgumentException for a kind that no version up to this one has written
    static CatalogEntry decode(int kind, ByteBuffer from) {
        return switch (kind) {
            case 1 -> new CatalogEntry.Founded(id(from));
            case 2 ->
                    new CatalogEntry.TopicCreated(
                            id(from), string(from), from.getInt(), config(from), from.getLong());
            case 3 -> new CatalogEntry.TopicDeleted(id(from));
            case 4 -> new CatalogEntry.TopicGrown(id(from), from.getInt());
            case 5 -> new CatalogEntry.TopicConfigured(id(from), config(from));
            case 6 -> new CatalogEntry.Configured(string(from), string(from), config(from));
            case 7 -> new CatalogEntry.ProducerIdsReserved(from.getLong());
            case 8 -> new CatalogEntry.ShardsLaidOut(from.getInt());
            case 9 -> new CatalogEntry.QueueDeclared(queue(from));
            case 10 -> new CatalogEntry.QueueDeleted(id(from));
            case 11 -> new CatalogEntry.ExchangeDeclared(exchange(from));
            case 12 -> new CatalogEntry.ExchangeDeleted(string(from), string(from));
            case 13 -> new CatalogEntry.Bound(binding(from));
            case 14 -> new CatalogEntry.Unbound(binding(from));
            case 16 -> {
                var queue = queue(from);
                yield new CatalogEntry.QueueDeclared(queue.with(config(from)));
            }
            case 15 -> new CatalogEntry.QueueConfigured(id(from), config(from));
            default -> throw new IllegalArgumentException("unknown kind of catalog entry: " + kind);
        };
    }

    private static Queue queue(ByteBuffer from) {
        var id = id(from);
        var namespace = string(from);
        var name = string(from);
        var topic = id(from);
        int flags = from.get();
        return new Queue(
                id,
                namespace,
                name,
                topic,
                flag(flags, 0),
                flag(flags, 1),
                flag(flags, 2),
                flag(flags, 3),
                config(from),
                from.getLong());
    }

    private static Exchange exchange(ByteBuffer from) {
        var namespace = string(from);
        var name = string(from);
        var type = string(from);
        int flags = from.get();
        return new Exchange(
                namespace,
                name,
                ExchangeType.of(type)
                        .orElseThrow(
                                () ->
                                        new IllegalArgumentException(
                                                "unknown type of exchange: " + type)),
                flag(flags, 0),
                flag(flags, 1),
                flag(flags, 2),
                config(from));
    }

    private static void put(ByteBuffer into, Binding binding) {
        put(into, binding.namespace());
        put(into, binding.source());
        put(into, binding.destination());
        putFlags(into, binding.destinationIsQueue());
        put(into, binding.routingKey());
        put(into, binding.arguments());
    }

    private static Binding binding(ByteBuffer from) {
        return new Binding(
                string(from),
                string(from),
                string(from),
                flag(from.get(), 0),
                string(from),
                config(from));
    }

    private static int bytesMax(Binding binding) {
        return bytesMax(binding.namespace())
                + bytesMax(binding.source())
                + bytesMax(binding.destination())
                + bytesMax(binding.routingKey())
                + bytesMax(binding.arguments());
    }

    /// One byte, the first flag its lowest bit.
    private static void putFlags(ByteBuffer into, boolean... flags) {
        int bits = 0;
        for (int i = 0; i < flags.length; i++) {
            bits |= flags[i] ? 1 << i : 0;
        }
        into.put((byte) bits);
    }

    private static boolean flag(int bits, int index) {
        return (bits & 1 << index) != 0;
    }

    private static void put(ByteBuffer into, UUID id) {
        into.putLong(id.getMostSignificantBits()).putLong(id.getLeastSignificantBits());
    }

    private static void put(ByteBuffer into, String string) {
        byte[] bytes = string.getBytes(StandardCharsets.UTF_8);
        into.putInt(bytes.length).put(bytes);
    }

    private static void put(ByteBuffer into, Map<String, String> config) {
        into.putInt(config.size());
        new TreeMap<>(config)
                .forEach(
                        (key, value) -> {
                            put(into, key);
                            put(into, value);
                        });
    }

    private static int bytesMax(String string) {
        return 4 + 3 * string.length();
    }

    private static int bytesMax(Map<String, String> config) {
        int bytes = 4;
        for (var entry : config.entrySet()) {
            bytes += bytesMax(entry.getKey()) + bytesMax(entry.getValue());
        }
        return bytes;
    }

    private static UUID id(ByteBuffer from) {
        return new UUID(from.getLong(), from.getLong());
    }

    private static String string(ByteBuffer from) {
        byte[] bytes = new byte[from.getInt()];
        from.get(bytes);
        return new String(bytes, StandardCharsets.UTF_8);
    }

    private static Map<String, String> config(ByteBuffer from) {
        var config = new TreeMap<String, String>();
        for (int left = from.getInt(); left > 0; left--) {
            config.put(string(from), string(from));
        }
        return config;
    }
}
