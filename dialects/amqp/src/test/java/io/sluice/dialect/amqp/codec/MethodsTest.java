package io.sluice.dialect.amqp.codec;

import static org.assertj.core.api.Assertions.assertThat;

import com.rabbitmq.client.LongString;
import com.rabbitmq.client.impl.AMQImpl;
import com.rabbitmq.client.impl.LongStringHelper;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// Every method beside its twin in RabbitMQ's Java client.
class MethodsTest {
    private static final Table TABLE =
            Table.of("x-max-length", new Value.Whole(Value.Width.INT32, 10));
    private static final Map<String, Object> MAP = Map.of("x-max-length", 10);

    private record Pair(Method ours, com.rabbitmq.client.impl.Method theirs) {}

    private static final List<Pair> PAIRS =
            List.of(
                    new Pair(
                            new ConnectionMethod.Start(
                                    0, 9, TABLE, octets("PLAIN AMQPLAIN"), octets("en_US")),
                            new AMQImpl.Connection.Start(
                                    0, 9, MAP, longText("PLAIN AMQPLAIN"), longText("en_US"))),
                    new Pair(
                            new ConnectionMethod.StartOk(
                                    TABLE, "PLAIN", octets("\0guest\0guest"), "en_US"),
                            new AMQImpl.Connection.StartOk(
                                    MAP, "PLAIN", longText("\0guest\0guest"), "en_US")),
                    new Pair(
                            new ConnectionMethod.Secure(octets("who?")),
                            new AMQImpl.Connection.Secure(longText("who?"))),
                    new Pair(
                            new ConnectionMethod.SecureOk(octets("me")),
                            new AMQImpl.Connection.SecureOk(longText("me"))),
                    new Pair(
                            new ConnectionMethod.Tune(2047, 131072, 60),
                            new AMQImpl.Connection.Tune(2047, 131072, 60)),
                    new Pair(
                            new ConnectionMethod.TuneOk(2047, 131072, 60),
                            new AMQImpl.Connection.TuneOk(2047, 131072, 60)),
                    new Pair(
                            new ConnectionMethod.Open("/"),
                            new AMQImpl.Connection.Open("/", "", false)),
                    new Pair(new ConnectionMethod.OpenOk(), new AMQImpl.Connection.OpenOk("")),
                    new Pair(
                            new ConnectionMethod.Close(320, "CONNECTION_FORCED - bye", 60, 40),
                            new AMQImpl.Connection.Close(320, "CONNECTION_FORCED - bye", 60, 40)),
                    new Pair(new ConnectionMethod.CloseOk(), new AMQImpl.Connection.CloseOk()),
                    new Pair(
                            new ConnectionMethod.Blocked("low on memory"),
                            new AMQImpl.Connection.Blocked("low on memory")),
                    new Pair(new ConnectionMethod.Unblocked(), new AMQImpl.Connection.Unblocked()),
                    new Pair(
                            new ConnectionMethod.UpdateSecret(octets("secret"), "refresh"),
                            new AMQImpl.Connection.UpdateSecret(longText("secret"), "refresh")),
                    new Pair(
                            new ConnectionMethod.UpdateSecretOk(),
                            new AMQImpl.Connection.UpdateSecretOk()),
                    new Pair(new ChannelMethod.Open(), new AMQImpl.Channel.Open("")),
                    new Pair(new ChannelMethod.OpenOk(), new AMQImpl.Channel.OpenOk(longText(""))),
                    new Pair(new ChannelMethod.Flow(true), new AMQImpl.Channel.Flow(true)),
                    new Pair(new ChannelMethod.FlowOk(false), new AMQImpl.Channel.FlowOk(false)),
                    new Pair(
                            new ChannelMethod.Close(404, "NOT_FOUND - no queue", 50, 10),
                            new AMQImpl.Channel.Close(404, "NOT_FOUND - no queue", 50, 10)),
                    new Pair(new ChannelMethod.CloseOk(), new AMQImpl.Channel.CloseOk()),
                    new Pair(
                            new ExchangeMethod.Declare(
                                    "e", "topic", false, true, false, true, false, TABLE),
                            new AMQImpl.Exchange.Declare(
                                    0, "e", "topic", false, true, false, true, false, MAP)),
                    new Pair(
                            new ExchangeMethod.Declare(
                                    "e", "topic", true, false, true, false, true, TABLE),
                            new AMQImpl.Exchange.Declare(
                                    0, "e", "topic", true, false, true, false, true, MAP)),
                    new Pair(new ExchangeMethod.DeclareOk(), new AMQImpl.Exchange.DeclareOk()),
                    new Pair(
                            new ExchangeMethod.Delete("e", true, false),
                            new AMQImpl.Exchange.Delete(0, "e", true, false)),
                    new Pair(new ExchangeMethod.DeleteOk(), new AMQImpl.Exchange.DeleteOk()),
                    new Pair(
                            new ExchangeMethod.Bind("to", "from", "key.#", true, TABLE),
                            new AMQImpl.Exchange.Bind(0, "to", "from", "key.#", true, MAP)),
                    new Pair(new ExchangeMethod.BindOk(), new AMQImpl.Exchange.BindOk()),
                    new Pair(
                            new ExchangeMethod.Unbind("to", "from", "key.#", false, TABLE),
                            new AMQImpl.Exchange.Unbind(0, "to", "from", "key.#", false, MAP)),
                    new Pair(new ExchangeMethod.UnbindOk(), new AMQImpl.Exchange.UnbindOk()),
                    new Pair(
                            new QueueMethod.Declare("q", false, true, false, true, false, TABLE),
                            new AMQImpl.Queue.Declare(
                                    0, "q", false, true, false, true, false, MAP)),
                    new Pair(
                            new QueueMethod.Declare("", true, false, true, false, true, TABLE),
                            new AMQImpl.Queue.Declare(0, "", true, false, true, false, true, MAP)),
                    new Pair(
                            new QueueMethod.DeclareOk("amq.gen-1", 5, 7),
                            new AMQImpl.Queue.DeclareOk("amq.gen-1", 5, 7)),
                    new Pair(
                            new QueueMethod.Bind("q", "e", "k\u00fc", false, TABLE),
                            new AMQImpl.Queue.Bind(0, "q", "e", "k\u00fc", false, MAP)),
                    new Pair(new QueueMethod.BindOk(), new AMQImpl.Queue.BindOk()),
                    new Pair(
                            new QueueMethod.Unbind("q", "e", "k", TABLE),
                            new AMQImpl.Queue.Unbind(0, "q", "e", "k", MAP)),
                    new Pair(new QueueMethod.UnbindOk(), new AMQImpl.Queue.UnbindOk()),
                    new Pair(
                            new QueueMethod.Purge("q", true),
                            new AMQImpl.Queue.Purge(0, "q", true)),
                    new Pair(new QueueMethod.PurgeOk(9), new AMQImpl.Queue.PurgeOk(9)),
                    new Pair(
                            new QueueMethod.Delete("q", false, true, false),
                            new AMQImpl.Queue.Delete(0, "q", false, true, false)),
                    new Pair(new QueueMethod.DeleteOk(1), new AMQImpl.Queue.DeleteOk(1)),
                    new Pair(
                            new BasicMethod.Qos(0, 500, true), new AMQImpl.Basic.Qos(0, 500, true)),
                    new Pair(new BasicMethod.QosOk(), new AMQImpl.Basic.QosOk()),
                    new Pair(
                            new BasicMethod.Consume("q", "tag", false, true, false, true, TABLE),
                            new AMQImpl.Basic.Consume(
                                    0, "q", "tag", false, true, false, true, MAP)),
                    new Pair(
                            new BasicMethod.Consume("q", "", true, false, true, false, TABLE),
                            new AMQImpl.Basic.Consume(0, "q", "", true, false, true, false, MAP)),
                    new Pair(new BasicMethod.ConsumeOk("tag"), new AMQImpl.Basic.ConsumeOk("tag")),
                    new Pair(
                            new BasicMethod.Cancel("tag", true),
                            new AMQImpl.Basic.Cancel("tag", true)),
                    new Pair(new BasicMethod.CancelOk("tag"), new AMQImpl.Basic.CancelOk("tag")),
                    new Pair(
                            new BasicMethod.Publish(octets("e"), octets("some.key"), true, false),
                            new AMQImpl.Basic.Publish(0, "e", "some.key", true, false)),
                    new Pair(
                            new BasicMethod.Publish(octets(""), octets("q"), false, true),
                            new AMQImpl.Basic.Publish(0, "", "q", false, true)),
                    new Pair(
                            new BasicMethod.Return(312, "NO_ROUTE", octets("e"), octets("k")),
                            new AMQImpl.Basic.Return(312, "NO_ROUTE", "e", "k")),
                    new Pair(
                            new BasicMethod.Deliver(
                                    "tag", 1L << 40, true, octets("e"), octets("k")),
                            new AMQImpl.Basic.Deliver("tag", 1L << 40, true, "e", "k")),
                    new Pair(new BasicMethod.Get("q", true), new AMQImpl.Basic.Get(0, "q", true)),
                    new Pair(
                            new BasicMethod.GetOk(7, false, octets("e"), octets("k"), 3),
                            new AMQImpl.Basic.GetOk(7, false, "e", "k", 3)),
                    new Pair(new BasicMethod.GetEmpty(), new AMQImpl.Basic.GetEmpty("")),
                    new Pair(new BasicMethod.Ack(3, true), new AMQImpl.Basic.Ack(3, true)),
                    new Pair(new BasicMethod.Reject(4, false), new AMQImpl.Basic.Reject(4, false)),
                    new Pair(
                            new BasicMethod.RecoverAsync(true),
                            new AMQImpl.Basic.RecoverAsync(true)),
                    new Pair(new BasicMethod.Recover(true), new AMQImpl.Basic.Recover(true)),
                    new Pair(new BasicMethod.RecoverOk(), new AMQImpl.Basic.RecoverOk()),
                    new Pair(
                            new BasicMethod.Nack(5, false, true),
                            new AMQImpl.Basic.Nack(5, false, true)),
                    new Pair(
                            new BasicMethod.Nack(5, true, false),
                            new AMQImpl.Basic.Nack(5, true, false)),
                    new Pair(new ConfirmMethod.Select(true), new AMQImpl.Confirm.Select(true)),
                    new Pair(new ConfirmMethod.SelectOk(), new AMQImpl.Confirm.SelectOk()),
                    new Pair(
                            new AccessMethod.Request(
                                    Octets.of("/data"), true, false, true, false, true),
                            new AMQImpl.Access.Request("/data", true, false, true, false, true)),
                    new Pair(new AccessMethod.RequestOk(1), new AMQImpl.Access.RequestOk(1)),
                    new Pair(new TxMethod.Select(), new AMQImpl.Tx.Select()),
                    new Pair(new TxMethod.SelectOk(), new AMQImpl.Tx.SelectOk()),
                    new Pair(new TxMethod.Commit(), new AMQImpl.Tx.Commit()),
                    new Pair(new TxMethod.CommitOk(), new AMQImpl.Tx.CommitOk()),
                    new Pair(new TxMethod.Rollback(), new AMQImpl.Tx.Rollback()),
                    new Pair(new TxMethod.RollbackOk(), new AMQImpl.Tx.RollbackOk()));

    @Test
    void everyMethodIsAmongThePairs() {
        List<Class<?>> families =
                List.of(
                        ConnectionMethod.class,
                        ChannelMethod.class,
                        AccessMethod.class,
                        ExchangeMethod.class,
                        QueueMethod.class,
                        BasicMethod.class,
                        ConfirmMethod.class,
                        TxMethod.class);
        assertThat(families).containsExactlyInAnyOrder(permitted(Method.class));
        assertThat(PAIRS.stream().<Class<?>>map(pair -> pair.ours.getClass()).distinct())
                .containsExactlyInAnyOrderElementsOf(
                        families.stream().flatMap(family -> Stream.of(permitted(family))).toList());
    }

    private static Class<?>[] permitted(Class<?> sealed) {
        return sealed.getPermittedSubclasses();
    }

    @Test
    void weWriteWhatTheClientWrites() {
        for (var pair : PAIRS) {
            assertThat(Wire.array(Wire.ours(3, pair.ours)))
                    .as(pair.toString())
                    .isEqualTo(Wire.array(Wire.theirs(3, pair.theirs)));
        }
    }

    @Test
    void weReadWhatTheClientWrites() {
        for (var pair : PAIRS) {
            var frame = Wire.frame(Wire.theirs(3, pair.theirs));
            assertThat(frame.type()).isEqualTo(FrameType.METHOD);
            assertThat(frame.channel()).isEqualTo(3);
            assertThat(Method.decode(frame)).isEqualTo(pair.ours);
            assertThat(new MethodDecoder().decode(frame)).isEqualTo(pair.ours);
        }
    }

    @Test
    void argumentsThatEndTooEarlyAreAFrameErrorWithTheMethodsIds() {
        for (var pair : PAIRS) {
            var payload = Wire.array(Wire.frame(Wire.ours(1, pair.ours)).payload());
            for (int length = 4; length < payload.length; length++) {
                var frame = new Frame(FrameType.METHOD, 1, ByteBuffer.wrap(payload), 0, length);
                var decoded = Method.decode(frame);
                assertThat(decoded)
                        .as("%s of %d bytes", pair, length)
                        .isInstanceOf(ProtocolError.class);
                var error = (ProtocolError) decoded;
                assertThat(error.code()).isEqualTo(ReplyCode.FRAME_ERROR);
                assertThat(error.classId()).isEqualTo(pair.ours.classId());
                assertThat(error.methodId()).isEqualTo(pair.ours.methodId());
            }
        }
    }

    @Test
    void bytesBehindTheArgumentsAreAFrameError() {
        for (var pair : PAIRS) {
            var payload = Wire.array(Wire.frame(Wire.ours(1, pair.ours)).payload());
            var longer = Arrays.copyOf(payload, payload.length + 1);
            assertThat(Method.decode(Wire.frame(FrameType.METHOD, longer)))
                    .as(pair.toString())
                    .isInstanceOf(ProtocolError.class);
        }
    }

    @Test
    void aMethodThatNobodyKnowsIsAnInvalidCommand() {
        for (var ids :
                new byte[][] {{0, 77, 0, 10}, {0, 60, 0, 77}, {0, 10, 0, 77}, {0, 0, 0, 0}}) {
            assertThat(Method.decode(Wire.frame(FrameType.METHOD, ids)))
                    .isEqualTo(
                            new ProtocolError(
                                    ReplyCode.COMMAND_INVALID,
                                    "unimplemented method %d of class %d".formatted(ids[3], ids[1]),
                                    ids[1],
                                    ids[3]));
        }
    }

    @Test
    void aNameThatIsNoTextIsAFrameError() {
        var payload = new byte[] {0, 60, 0, 40, 0, 0, 0, 2, (byte) 0xFF, (byte) 0xFE, 0};
        for (var decoded :
                List.of(
                        Method.decode(Wire.frame(FrameType.METHOD, payload)),
                        new MethodDecoder().decode(Wire.frame(FrameType.METHOD, payload)))) {
            assertThat(decoded)
                    .isEqualTo(
                            new ProtocolError(
                                    ReplyCode.FRAME_ERROR,
                                    "cannot decode: a short string is not UTF-8",
                                    60,
                                    40));
        }
    }

    @Test
    void thePublishThatWasSaidBeforeIsTheSameObject() {
        var decoder = new MethodDecoder();
        Map<Integer, DecodedMethod> first = new LinkedHashMap<>();
        for (int round = 0; round < 3; round++) {
            // More than are remembered: some take each other's place, all stay right.
            for (int i = 0; i < 100; i++) {
                var said =
                        new BasicMethod.Publish(
                                octets("exchange"), octets("key.of." + i), i % 2 == 0, false);
                var decoded = decoder.decode(Wire.frame(Wire.ours(1, said)));
                assertThat(decoded).isEqualTo(said);
                first.putIfAbsent(i, decoded);
                assertThat(decoder.decode(Wire.frame(Wire.ours(9, said)))).isSameAs(decoded);
            }
        }
        assertThat(first).hasSize(100);
    }

    private static Octets octets(String text) {
        return Octets.of(text);
    }

    private static LongString longText(String text) {
        return LongStringHelper.asLongString(text);
    }
}
