package io.sluice.engine.catalog;

import io.sluice.broker.queue.Queue;
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
            case CatalogEntry.QueueDeclared _ -> 9;
            case CatalogEntry.QueueDeleted _ -> 10;
            case CatalogEntry.ExchangeDeclared _ -> 11;
            case CatalogEntry.ExchangeDeleted _ -> 12;
            case CatalogEntry.Bound _ -> 13;
            case CatalogEntry.Unbound _ -> 14;
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
                                    + bytesMax(queue.arguments());
                    case CatalogEntry.QueueDeleted _,
                            CatalogEntry.ExchangeDeclared _,
                            CatalogEntry.ExchangeDeleted _,
                            CatalogEntry.Bound _,
                            CatalogEntry.Unbound _,
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
                into.put((byte) (queue.ownsTopic() ? 1 : 0));
                into.put((byte) (queue.durable() ? 1 : 0));
                into.put((byte) (queue.autoDelete() ? 1 : 0));
                into.put((byte) (queue.exclusive() ? 1 : 0));
                put(into, queue.arguments());
                into.putLong(queue.createdMillis());
            }
            case CatalogEntry.QueueDeleted(UUID id) -> put(into, id);
            case CatalogEntry.ExchangeDeclared _,
                    CatalogEntry.ExchangeDeleted _,
                    CatalogEntry.Bound _,
                    CatalogEntry.Unbound _ -> {}
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
            case 9 ->
                    new CatalogEntry.QueueDeclared(
                            new Queue(
                                    id(from),
                                    string(from),
                                    string(from),
                                    id(from),
                                    from.get() == 1,
                                    from.get() == 1,
                                    from.get() == 1,
                                    from.get() == 1,
                                    config(from),
                                    from.getLong()));
            case 10 -> new CatalogEntry.QueueDeleted(id(from));
            default -> throw new IllegalArgumentException("unknown kind of catalog entry: " + kind);
        };
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
