package io.sluice.conformance.amqp;

import static io.sluice.conformance.support.AmqpClients.bytes;
import static org.assertj.core.api.Assertions.assertThat;

import com.rabbitmq.client.AMQP;
import com.rabbitmq.client.MessageProperties;
import io.sluice.conformance.support.AmqpClients;
import io.sluice.conformance.support.Conformance;
import java.math.BigDecimal;
import java.util.Arrays;
import java.util.Date;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/// What is said beside a message comes out as it went in.
@Conformance
class PropertiesTest {
    @Test
    void everyPropertyIsKept(AmqpClients clients) throws Exception {
        var queue = clients.queue("properties");
        var sent =
                new AMQP.BasicProperties.Builder()
                        .contentType("application/json")
                        .contentEncoding("gzip")
                        .headers(Map.of("a", 1))
                        .deliveryMode(2)
                        .priority(3)
                        .correlationId("correlation")
                        .replyTo("reply")
                        .expiration("60000")
                        .messageId("message")
                        .timestamp(new Date(1_700_000_000_000L))
                        .type("type")
                        .userId("guest")
                        .appId("app")
                        .clusterId("cluster")
                        .build();

        clients.publish("", queue, sent, "x");

        assertThat(clients.channel().basicGet(queue, true).getProps()).isEqualTo(sent);
    }

    @Test
    void noPropertyIsInvented(AmqpClients clients) throws Exception {
        var queue = clients.queue("properties");

        clients.publish("", queue, new AMQP.BasicProperties(), "x");

        assertThat(clients.channel().basicGet(queue, true).getProps())
                .isEqualTo(new AMQP.BasicProperties());
    }

    @Test
    void everyTypeOfHeaderIsKept(AmqpClients clients) throws Exception {
        var queue = clients.queue("headers");
        var headers = new LinkedHashMap<String, Object>();
        headers.put("byte", (byte) -5);
        headers.put("short", (short) -300);
        headers.put("int", 70_000);
        headers.put("long", Long.MIN_VALUE);
        headers.put("float", 0.5f);
        headers.put("double", 1e300);
        headers.put("true", true);
        headers.put("false", false);
        headers.put("decimal", new BigDecimal("12.34"));
        headers.put("time", new Date(1_700_000_000_000L));
        headers.put("nothing", null);
        headers.put("list", Arrays.asList(1, (short) 2, true, null, List.of(List.of())));
        headers.put("table", Map.of("inner", Map.of("innermost", 1L)));

        clients.publish(
                "", queue, new AMQP.BasicProperties.Builder().headers(headers).build(), "x");

        assertThat(clients.channel().basicGet(queue, true).getProps().getHeaders())
                .isEqualTo(headers);
    }

    @Test
    void bytesAndTextsOfHeadersAreKept(AmqpClients clients) throws Exception {
        var queue = clients.queue("headers");
        var binary = new byte[] {0, -1, 127, -128};

        clients.publish(
                "",
                queue,
                new AMQP.BasicProperties.Builder()
                        .headers(
                                Map.of(
                                        "bytes",
                                        binary,
                                        "text",
                                        "Zürich 日本",
                                        "long",
                                        "x".repeat(20_000)))
                        .build(),
                "x");

        var got = clients.channel().basicGet(queue, true).getProps().getHeaders();
        assertThat(got.get("bytes")).isEqualTo(binary);
        assertThat(got.get("text")).hasToString("Zürich 日本");
        assertThat(got.get("long")).hasToString("x".repeat(20_000));
    }

    @Test
    void headersMayBeAsLongAsAFrame(AmqpClients clients) throws Exception {
        var queue = clients.queue("headers");
        var headers = new TreeMap<String, Object>();
        for (var i = 0; i < 1_000; i++) {
            headers.put("header-" + i, "x".repeat(80));
        }

        clients.publish(
                "", queue, new AMQP.BasicProperties.Builder().headers(headers).build(), "x");

        assertThat(clients.channel().basicGet(queue, true).getProps().getHeaders())
                .hasSize(1_000);
    }

    @Test
    void bodiesOfAnySizeAreKept(AmqpClients clients) throws Exception {
        var queue = clients.queue("bodies");
        var frame = 131_072 - 8;
        var random = new Random(42);
        var channel = clients.channel();
        channel.confirmSelect();
        for (var size :
                List.of(
                        0,
                        1,
                        frame - 1,
                        frame,
                        frame + 1,
                        2 * frame - 1,
                        2 * frame,
                        2 * frame + 1,
                        1 << 20)) {
            var body = new byte[size];
            random.nextBytes(body);

            channel.basicPublish("", queue, MessageProperties.PERSISTENT_BASIC, body);
            channel.waitForConfirmsOrDie(30_000);

            assertThat(Arrays.equals(channel.basicGet(queue, true).getBody(), body))
                    .as("%s bytes", size)
                    .isTrue();
        }
    }

    @Test
    void aBodyOfTwentyMegabytesIsKept(AmqpClients clients) throws Exception {
        var queue = clients.queue("large");
        var body = new byte[20 << 20];
        new Random(42).nextBytes(body);
        var channel = clients.channel();
        channel.confirmSelect();

        channel.basicPublish("", queue, MessageProperties.PERSISTENT_BASIC, body);
        channel.basicPublish("", queue, MessageProperties.PERSISTENT_BASIC, bytes("after"));
        channel.waitForConfirmsOrDie(60_000);

        var inbox = Inbox.of(channel, queue);
        assertThat(Arrays.equals(inbox.next().getBody(), body)).isTrue();
        assertThat(inbox.texts(1)).containsExactly("after");
    }
}
