package io.sluice.server.settings;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/// Every setting of `sluice serve`, in the order in which the manual shows them.
public final class SettingsTable {
    /// The text of a default that the server works out itself.
    private static final String AUTOMATIC = "auto";

    public static final Setting<Path> DATA_DIR =
            new Setting<>(
                    "data-dir",
                    Format.path(),
                    "./data",
                    "Where everything durable lies. Created if missing; one process at a time.");

    public static final Setting<String> BIND =
            new Setting<>(
                    "bind",
                    Format.host(),
                    "127.0.0.1",
                    "The address to listen on; `0.0.0.0` for all of the machine's.");

    public static final Setting<Optional<String>> ADVERTISED_ADDRESS =
            new Setting<>(
                    "advertised-address",
                    Format.automaticOr(Format.host()),
                    AUTOMATIC,
                    "The address that clients are told to connect to. `auto` is the one that each of them has"
                            + " connected to.");

    public static final Setting<Integer> KAFKA_PORT =
            new Setting<>("kafka-port", Format.port(), "9092", "The port for Kafka clients.");

    public static final Setting<Integer> AMQP_PORT =
            new Setting<>("amqp-port", Format.port(), "5672", "The port for AMQP 0-9-1 clients.");

    public static final Setting<Integer> SQS_PORT =
            new Setting<>("sqs-port", Format.port(), "9324", "The port for SQS clients.");

    public static final Setting<Integer> ADMIN_PORT =
            new Setting<>(
                    "admin-port",
                    Format.port(),
                    "15672",
                    "The port for `/health/live`, `/health/ready`, `/metrics`, RabbitMQ's management API and"
                            + " Sluice's own.");

    public static final Setting<Durability> DURABILITY =
            new Setting<>(
                    "durability",
                    Format.oneOf(Durability.class),
                    "sync",
                    "`sync`: an append is forced to the disk before it is acknowledged. `os`: it is handed to"
                            + " the operating system, which survives the end of the process but not the loss"
                            + " of power.");

    public static final Setting<Optional<Integer>> SHARDS =
            new Setting<>(
                    "shards",
                    Format.automaticOr(Format.wholeNumber(1, 256)),
                    AUTOMATIC,
                    "How many threads share the partitions. `auto` is one per core, at least 2. May change"
                            + " from one start to the next.");

    public static final Setting<Long> MEMORY_BUDGET =
            new Setting<>(
                    "memory-budget",
                    Format.bytes(16L << 20, 64L << 30),
                    "256MiB",
                    "How many bytes of requests and answers may be in flight in the whole process, outside of"
                            + " the heap. When it is spent, connections wait to be read.");

    public static final Setting<Long> DISK_FREE_MIN =
            new Setting<>(
                    "disk-free-min",
                    Format.bytes(0, 1L << 50),
                    "64MiB",
                    "While less of the disk is free, AMQP publishers are held back (`connection.blocked`) before"
                            + " the disk is full and everybody is refused. Consumers go on.");

    public static final Setting<Boolean> KAFKA_AUTO_CREATE_TOPICS =
            new Setting<>(
                    "kafka-auto-create-topics",
                    Format.yesOrNo(),
                    "true",
                    "Whether a Kafka client that asks for an unknown topic creates it (Kafka's"
                            + " `auto.create.topics.enable`).");

    public static final Setting<Integer> KAFKA_DEFAULT_PARTITIONS =
            new Setting<>(
                    "kafka-default-partitions",
                    Format.wholeNumber(1, 10_000),
                    "1",
                    "How many partitions a topic gets whose creator does not say (Kafka's `num.partitions`).");

    public static final Setting<Integer> KAFKA_GROUP_INITIAL_REBALANCE_DELAY_MILLIS =
            new Setting<>(
                    "kafka-group-initial-rebalance-delay-millis",
                    Format.wholeNumber(0, 300_000),
                    "3000",
                    "How long an empty classic consumer group waits for more members before its first"
                            + " assignment (Kafka's `group.initial.rebalance.delay.ms`).");

    public static final Setting<Optional<Long>> KAFKA_REQUEST_BYTES_MAX =
            new Setting<>(
                    "kafka-request-bytes-max",
                    Format.automaticOr(Format.bytes(64L << 10, 1L << 30)),
                    AUTOMATIC,
                    "The largest request that is read from a Kafka client (Kafka's"
                            + " `socket.request.max.bytes`). `auto` is Kafka's 100 MiB, or half of the memory"
                            + " budget if that is less.");

    public static final Setting<Integer> KAFKA_CONNECTIONS_MAX =
            new Setting<>(
                    "kafka-connections-max",
                    Format.wholeNumber(1, 1_000_000),
                    "20000",
                    "How many Kafka clients may be connected at one time (Kafka's `max.connections`).");

    public static final Setting<Integer> KAFKA_IDLE_MILLIS_MAX =
            new Setting<>(
                    "kafka-idle-millis-max",
                    Format.wholeNumber(1_000, Integer.MAX_VALUE),
                    "600000",
                    "A Kafka connection without traffic for this long is closed (Kafka's"
                            + " `connections.max.idle.ms`).");

    public static final Setting<String> AMQP_PRODUCT =
            new Setting<>(
                    "amqp-product",
                    Format.text(),
                    "RabbitMQ",
                    "What AMQP clients are told the broker is. Some look for what RabbitMQ says.");

    public static final Setting<String> AMQP_VERSION =
            new Setting<>(
                    "amqp-version",
                    Format.text(),
                    "4.1.0",
                    "The version that AMQP clients are told: one of RabbitMQ's, as some take features from it."
                            + " Sluice's own stands beside it.");

    public static final Setting<Integer> AMQP_CHANNEL_MAX =
            new Setting<>(
                    "amqp-channel-max",
                    Format.wholeNumber(1, 65_535),
                    "2047",
                    "How many channels an AMQP connection may have (RabbitMQ's `channel_max`).");

    public static final Setting<Long> AMQP_FRAME_BYTES_MAX =
            new Setting<>(
                    "amqp-frame-bytes-max",
                    Format.bytes(4096, 16L << 20),
                    "128KiB",
                    "The largest AMQP frame (RabbitMQ's `frame_max`). Larger messages take several.");

    public static final Setting<Integer> AMQP_HEARTBEAT_SECONDS =
            new Setting<>(
                    "amqp-heartbeat-seconds",
                    Format.wholeNumber(0, 65_535),
                    "60",
                    "How often an AMQP client is asked to show that it is alive (RabbitMQ's `heartbeat`); 0:"
                            + " not at all. The client has the last word.");

    public static final Setting<Optional<Long>> AMQP_MESSAGE_BYTES_MAX =
            new Setting<>(
                    "amqp-message-bytes-max",
                    Format.automaticOr(Format.bytes(64L << 10, 512L << 20)),
                    AUTOMATIC,
                    "The largest message that is taken from an AMQP client (RabbitMQ's `max_message_size`)."
                            + " `auto` is 128 MiB, or half of the memory budget if that is less.");

    public static final Setting<Integer> AMQP_CONNECTIONS_MAX =
            new Setting<>(
                    "amqp-connections-max",
                    Format.wholeNumber(1, 1_000_000),
                    "20000",
                    "How many AMQP clients may be connected at one time.");

    public static final Setting<Optional<Signatures>> SQS_SIGNATURES =
            new Setting<>(
                    "sqs-signatures",
                    Format.automaticOr(Format.oneOf(Signatures.class)),
                    AUTOMATIC,
                    "What is asked of an SQS request's signature (SigV4): nothing, that there is one, or that it is"
                            + " right and of a known access key. `auto` is `off` where the server listens on"
                            + " loopback only, else `verify`.");

    public static final Setting<Integer> SQS_CONNECTIONS_MAX =
            new Setting<>(
                    "sqs-connections-max",
                    Format.wholeNumber(1, 1_000_000),
                    "50000",
                    "How many SQS clients may be connected at one time. A long poll holds a connection.");

    public static final Setting<Boolean> SQS_PURGE_WAITS =
            new Setting<>(
                    "sqs-purge-waits",
                    Format.yesOrNo(),
                    "false",
                    "Whether an SQS queue can be purged once in 60 seconds only, as with Amazon.");

    public static final Setting<Boolean> SQS_DELETE_WAITS =
            new Setting<>(
                    "sqs-delete-waits",
                    Format.yesOrNo(),
                    "false",
                    "Whether a deleted SQS queue's name can be taken again after 60 seconds only, as with Amazon.");

    public static final Setting<List<String>> PUSH_ALLOW =
            new Setting<>(
                    "push-allow",
                    Format.networks(),
                    "none",
                    "Where queues may push to besides public addresses: networks such as `10.0.0.0/8`, addresses and host"
                            + " names, separated by commas. All else that is loopback, private, link-local or"
                            + " otherwise special is refused, whatever name leads there.");

    public static final Setting<Optional<Path>> DEFINITIONS =
            new Setting<>(
                    "definitions",
                    Format.noneOr(Format.path()),
                    "none",
                    "A YAML file of topics, queues, policies and schemas that are made, or made so, at every start, before"
                            + " anybody may connect. A mistake in it ends the start.");

    public static final List<Setting<?>> ALL =
            List.of(
                    DATA_DIR,
                    DEFINITIONS,
                    BIND,
                    ADVERTISED_ADDRESS,
                    KAFKA_PORT,
                    AMQP_PORT,
                    SQS_PORT,
                    ADMIN_PORT,
                    DURABILITY,
                    SHARDS,
                    MEMORY_BUDGET,
                    DISK_FREE_MIN,
                    KAFKA_AUTO_CREATE_TOPICS,
                    KAFKA_DEFAULT_PARTITIONS,
                    KAFKA_GROUP_INITIAL_REBALANCE_DELAY_MILLIS,
                    KAFKA_REQUEST_BYTES_MAX,
                    KAFKA_CONNECTIONS_MAX,
                    KAFKA_IDLE_MILLIS_MAX,
                    AMQP_PRODUCT,
                    AMQP_VERSION,
                    AMQP_CHANNEL_MAX,
                    AMQP_FRAME_BYTES_MAX,
                    AMQP_HEARTBEAT_SECONDS,
                    AMQP_MESSAGE_BYTES_MAX,
                    AMQP_CONNECTIONS_MAX,
                    SQS_SIGNATURES,
                    SQS_CONNECTIONS_MAX,
                    SQS_PURGE_WAITS,
                    SQS_DELETE_WAITS,
                    PUSH_ALLOW);

    private SettingsTable() {}
}
