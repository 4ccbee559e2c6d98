package io.sluice.dialect.amqp.session;

import io.sluice.broker.OffsetQuery;
import io.sluice.broker.queue.Queue;
import io.sluice.dialect.amqp.codec.BasicMethod;
import io.sluice.dialect.amqp.codec.Octets;
import io.sluice.dialect.amqp.codec.Table;
import io.sluice.dialect.amqp.codec.Value;
import java.util.Optional;
import java.util.regex.Pattern;

/// Where in a stream a consumer begins: `x-stream-offset`.
sealed interface StreamStart {
    String ARGUMENT = "x-stream-offset";

    /// Intervals such as `1h`: so long ago.
    Pattern INTERVAL = Pattern.compile("(\\d{1,9})([YMDhms])");

    long MILLIS_PER_SECOND = 1000;

    /// What the broker can be asked for.
    record Asked(OffsetQuery query) implements StreamStart {}

    /// The last message there is.
    record Last() implements StreamStart {}

    record At(long offset) implements StreamStart {}

    /// Checks what RabbitMQ checks, then starts.
    static void consume(
            AmqpChannel channel, Queue queue, BasicConsume.Wish wish, BasicMethod.Consume method) {
        var described = "stream " + QueueNames.described(queue);
        if (wish.prefetch() == 0) {
            channel.fail(
                    Fault.preconditionFailed(
                            "consumer prefetch count is not set for " + described));
            return;
        }
        if (wish.noAck()) {
            channel.fail(
                    Fault.notImplemented(
                            "automatic acknowledgement not supported by " + described));
            return;
        }
        var start = of(method.arguments(), channel.services().clock().millis());
        if (start.isEmpty()) {
            channel.fail(
                    Fault.preconditionFailed(
                            "invalid arg '%s' for %s".formatted(ARGUMENT, described)));
            return;
        }
        var consumption = new StreamConsumption(channel, queue, wish);
        channel.consumers().add(consumption);
        channel.pause();
        consumption.start(
                start.get(),
                () ->
                        channel.resume(
                                () -> {
                                    if (!method.noWait()) {
                                        channel.send(new BasicMethod.ConsumeOk(wish.tag()));
                                    }
                                    consumption.begin();
                                }),
                error ->
                        channel.resume(
                                () ->
                                        channel.fail(
                                                BrokerFaults.of(
                                                        error, QueueNames.described(queue)))));
    }

    /// Empty: the argument makes no sense.
    static Optional<StreamStart> of(Table arguments, long nowMillis) {
        var given = arguments.field(ARGUMENT);
        if (given.isEmpty()) {
            return Optional.of(new Asked(new OffsetQuery.Latest()));
        }
        return switch (given.get()) {
            case Value.Whole(Value.Width _, long offset) when offset >= 0 ->
                    Optional.of(new At(offset));
            case Value.Timestamp(long seconds) -> Optional.of(since(seconds * MILLIS_PER_SECOND));
            case Value.Text(Octets word) -> ofWord(word.text(), nowMillis);
            case Value.Whole _,
                    Value.Bytes _,
                    Value.Bool _,
                    Value.Float32 _,
                    Value.Float64 _,
                    Value.Decimal _,
                    Value.Array _,
                    Value.Nothing _,
                    Table _ ->
                    Optional.empty();
        };
    }

    private static Optional<StreamStart> ofWord(String word, long nowMillis) {
        return switch (word) {
            case "first" -> Optional.of(new Asked(new OffsetQuery.Earliest()));
            case "next" -> Optional.of(new Asked(new OffsetQuery.Latest()));
            case "last" -> Optional.of(new Last());
            default -> {
                var interval = INTERVAL.matcher(word);
                yield interval.matches()
                        ? Optional.of(
                                since(
                                        nowMillis
                                                - Long.parseLong(interval.group(1))
                                                        * seconds(interval.group(2).charAt(0))
                                                        * MILLIS_PER_SECOND))
                        : Optional.empty();
            }
        };
    }

    private static StreamStart since(long millis) {
        return new Asked(new OffsetQuery.AtTime(millis));
    }

    /// As RabbitMQ counts: a year has 365 days, a month 30.
    private static long seconds(char unit) {
        long day = 24 * 3600;
        return switch (unit) {
            case 'Y' -> 365 * day;
            case 'M' -> 30 * day;
            case 'D' -> day;
            case 'h' -> 3600;
            case 'm' -> 60;
            default -> 1;
        };
    }
}
