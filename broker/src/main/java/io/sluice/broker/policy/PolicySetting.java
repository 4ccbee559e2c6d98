package io.sluice.broker.policy;

import io.sluice.broker.policy.SettingKind.Choice;
import io.sluice.broker.policy.SettingKind.Count;
import io.sluice.broker.policy.SettingKind.Flag;
import io.sluice.broker.policy.SettingKind.Millis;
import io.sluice.broker.policy.SettingKind.Ratio;
import io.sluice.broker.policy.SettingKind.Text;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// The table of settings: everything that a policy can say, with its type, range, default and what it does. Each protocol's names follow from
/// [#text]. `docs/policies.md` is made of this table.
@SuppressWarnings(
        "ImmutableEnumChecker") // a kind is a record of numbers, or of an unmodifiable list
public enum PolicySetting {
    RETRY_IMMEDIATE(
            "retry.immediate",
            new Count(0, 1_000),
            "0",
            "So many failed tries are followed by another one at once; backoff begins behind them."),
    RETRY_INITIAL_MS(
            "retry.initial.ms",
            new Millis(0, Limits.WEEK_MILLIS),
            "0",
            "How long a message waits after its first try that is not followed at once. 0: no backoff, it is ready again at once."),
    RETRY_MULTIPLIER(
            "retry.multiplier",
            new Ratio(1, 100),
            "2",
            "By what the wait grows with every further try."),
    RETRY_MAX_MS("retry.max.ms", new Millis(1, Limits.WEEK_MILLIS), "300000", "No wait is longer."),
    RETRY_JITTER(
            "retry.jitter",
            new Choice(List.of("none", "equal", "full")),
            "equal",
            "none: the wait as computed; equal: half of it, and a random part of the other half; full: a random part of it."),
    RETRY_MAX_ATTEMPTS(
            "retry.max.attempts",
            new Count(1, 1_000_000),
            "",
            "A message that has failed so often, its first try counted, is a dead letter. Unset: it is tried for ever. The same as AMQP's x-delivery-limit plus one, and SQS's maxReceiveCount."),
    RETRY_MAX_AGE_MS(
            "retry.max.age.ms",
            new Millis(1, Limits.YEAR_MILLIS),
            "",
            "A message that fails when it is older than this, counted from its publishing, is a dead letter whatever attempts are left. Unset: no limit."),
    RETRY_CONNECTION_LOST(
            "retry.connection.lost",
            new Choice(List.of("counted", "uncounted")),
            "counted",
            "Whether a message that comes back because its consumer's connection or channel ended has failed."),
    DEAD_LETTER_QUEUE(
            "dead.letter.queue",
            new Text(255),
            "",
            "The queue that dead letters go to, in the same namespace; made when it is not there. Instead of x-dead-letter-exchange."),
    DEAD_LETTER_RETENTION_MS(
            "dead.letter.retention.ms",
            new Millis(1_000, Limits.YEAR_MILLIS),
            "",
            "How long dead letters are kept in the queue that dead.letter.queue made. Unset: until somebody consumes them."),
    DEAD_LETTER_ATTEMPTS_KEPT(
            "dead.letter.attempts.kept",
            new Count(0, 100),
            "10",
            "Of so many of its latest tries a message remembers when they failed, with whom and why."),
    REDRIVE_MAX(
            "redrive.max",
            new Count(1, 1_000),
            "10",
            "A message that was moved back so often stays a dead letter when everything is moved back once more."),
    REDRIVE_AUTOMATIC(
            "redrive.automatic",
            new Flag(),
            "false",
            "Whether dead letters of this queue are moved back by themselves when its breaker has closed again."),
    REDRIVE_AUTOMATIC_PER_SECOND(
            "redrive.automatic.per.second",
            new Count(1, 1_000_000),
            "10",
            "How many of them a second."),
    REDRIVE_AUTOMATIC_MAX(
            "redrive.automatic.max",
            new Count(1, 1_000_000_000),
            "10000",
            "How many of them each time the breaker closes."),
    BREAKER_FAILURE_PERCENT(
            "breaker.failure.percent",
            new Count(1, 100),
            "",
            "The breaker opens when so many of a hundred deliveries in the window failed. Unset: they do not open it."),
    BREAKER_SLOW_PERCENT(
            "breaker.slow.percent",
            new Count(1, 100),
            "",
            "The breaker opens when so many of a hundred deliveries in the window were slow. Unset: they do not open it."),
    BREAKER_SLOW_CALL_MS(
            "breaker.slow.call.ms",
            new Millis(1, Limits.DAY_MILLIS),
            "60000",
            "A delivery that took longer until it was settled was slow."),
    BREAKER_WINDOW(
            "breaker.window",
            new Choice(List.of("calls", "seconds")),
            "calls",
            "What breaker.window.size counts: the latest deliveries, or those of the latest seconds."),
    BREAKER_WINDOW_SIZE(
            "breaker.window.size",
            new Count(1, 10_000),
            "100",
            "How many of them the window holds."),
    BREAKER_MINIMUM_CALLS(
            "breaker.minimum.calls",
            new Count(1, 10_000),
            "20",
            "With fewer deliveries in the window it does not open."),
    BREAKER_OPEN_MS(
            "breaker.open.ms",
            new Millis(100, Limits.DAY_MILLIS),
            "30000",
            "How long it stays open before probes are let through. Doubled each time that the probes fail."),
    BREAKER_OPEN_MAX_MS(
            "breaker.open.max.ms",
            new Millis(100, Limits.DAY_MILLIS),
            "300000",
            "Doubling ends here."),
    BREAKER_PROBES(
            "breaker.probes",
            new Count(1, 1_000),
            "3",
            "So many deliveries, one after the other, must succeed for it to close again."),
    BREAKER_DEAD_LETTERS(
            "breaker.dead.letters",
            new Count(1, 1_000_000),
            "",
            "The breaker opens when so many messages have died within breaker.dead.letters.window.ms. Unset: they do not open it."),
    BREAKER_DEAD_LETTERS_WINDOW_MS(
            "breaker.dead.letters.window.ms",
            new Millis(100, Limits.DAY_MILLIS),
            "10000",
            "Within which time that many must die."),
    SCHEMA_TYPE(
            "schema.type",
            new Choice(List.of("none", "json", "avro", "protobuf")),
            "none",
            "What every message of the topic must be. With a type, those that are not are refused, or die."),
    SCHEMA_SUBJECT(
            "schema.subject",
            new Text(255),
            "",
            "The registry's subject whose latest version counts, unless the message names a schema's id. Unset: the topic's name and -value."),
    SCHEMA_ON_INVALID(
            "schema.on.invalid",
            new Choice(List.of("reject", "dead-letter")),
            "reject",
            "reject: the producer gets an error; dead-letter: the message goes to the dead letters of the topic's queues instead."),
    PUSH_URL(
            "push.url",
            new Text(2_048),
            "",
            "An HTTP or HTTPS address that messages are sent to by POST. Unset: nothing is pushed."),
    PUSH_SECRET(
            "push.secret",
            new Text(255),
            "",
            "Signs each request by HMAC-SHA256. Two, separated by a space, while keys are changed: the first signs too, the second still."),
    PUSH_TIMEOUT_MS(
            "push.timeout.ms",
            new Millis(10, 600_000),
            "30000",
            "A request that is not answered by then has failed."),
    PUSH_CONCURRENCY_MAX(
            "push.concurrency.max",
            new Count(1, 1_000),
            "16",
            "Requests under way at one time, at most; 429, 503 and timeouts make it fewer for a while."),
    PUSH_DEAD_LETTER_CODES(
            "push.dead.letter.codes",
            new Text(255),
            "400,404,405,410,413,415,422",
            "HTTP status codes, separated by commas, with which a message is a dead letter at once.");

    /// What is shown in a secret's place.
    public static final String HIDDEN = "[hidden]";

    private static final String AMQP = "x-sluice-";

    private final String text;
    private final SettingKind kind;
    private final String defaultText;
    private final String documentation;

    PolicySetting(String text, SettingKind kind, String defaultText, String documentation) {
        this.text = text;
        this.kind = kind;
        this.defaultText = defaultText;
        this.documentation = documentation;
    }

    /// Its name in the admin API, the command line and files: `retry.initial.ms`.
    public String text() {
        return text;
    }

    /// Its name among a Kafka topic's or group's configs: `sluice.retry.initial.ms`.
    public String kafkaName() {
        return "sluice." + text;
    }

    /// Its name among AMQP arguments and a queue's attributes: `x-sluice-retry-initial-ms`.
    public String argument() {
        return AMQP + text.replace('.', '-');
    }

    /// Its name in a RabbitMQ policy: `sluice-retry-initial-ms`.
    public String policyKey() {
        return argument().substring(2);
    }

    /// Its name among an SQS queue's tags: `sluice:retry.initial.ms`.
    public String tag() {
        return "sluice:" + text;
    }

    public SettingKind kind() {
        return kind;
    }

    /// Empty: unset.
    public String defaultText() {
        return defaultText;
    }

    public String documentation() {
        return documentation;
    }

    /// Of a topic, whoever publishes to it; the others are a queue's, and of a topic for all queues on it.
    public boolean isTopicOnly() {
        return text.startsWith("schema.");
    }

    /// Nobody is shown its value.
    public boolean isSecret() {
        return this == PUSH_SECRET;
    }

    public static Optional<PolicySetting> ofText(String text) {
        return Optional.ofNullable(Names.BY_TEXT.get(text));
    }

    public static Optional<PolicySetting> ofKafkaName(String name) {
        return Optional.ofNullable(Names.BY_KAFKA_NAME.get(name));
    }

    public static Optional<PolicySetting> ofArgument(String name) {
        return Optional.ofNullable(Names.BY_ARGUMENT.get(name));
    }

    public static Optional<PolicySetting> ofPolicyKey(String name) {
        return Optional.ofNullable(Names.BY_POLICY_KEY.get(name));
    }

    public static Optional<PolicySetting> ofTag(String name) {
        return Optional.ofNullable(Names.BY_TAG.get(name));
    }

    private static final class Names {
        private static final Map<String, PolicySetting> BY_TEXT = by(PolicySetting::text);
        private static final Map<String, PolicySetting> BY_KAFKA_NAME =
                by(PolicySetting::kafkaName);
        private static final Map<String, PolicySetting> BY_ARGUMENT = by(PolicySetting::argument);
        private static final Map<String, PolicySetting> BY_POLICY_KEY =
                by(PolicySetting::policyKey);
        private static final Map<String, PolicySetting> BY_TAG = by(PolicySetting::tag);

        private static Map<String, PolicySetting> by(Function<PolicySetting, String> name) {
            return Stream.of(values())
                    .collect(Collectors.toUnmodifiableMap(name, setting -> setting));
        }
    }

    private static final class Limits {
        private static final long DAY_MILLIS = 86_400_000;
        private static final long WEEK_MILLIS = 7 * DAY_MILLIS;
        private static final long YEAR_MILLIS = 366 * DAY_MILLIS;
    }
}
