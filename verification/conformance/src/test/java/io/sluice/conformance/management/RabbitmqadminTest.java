package io.sluice.conformance.management;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.conformance.process.Until;
import io.sluice.conformance.support.Conformance;
import io.sluice.conformance.support.ManagementAddress;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Every command of rabbitmqadmin. Booleans and counts come as strings, keys of bindings doubly escaped.
@Conformance
class RabbitmqadminTest {
    @TempDir Path directory;

    @BeforeAll
    static void theToolIsThere() {
        Rabbitmqadmin.require();
    }

    @Test
    void everythingIsListed(ManagementAddress broker) {
        var tool = new Rabbitmqadmin(broker);
        for (var kind :
                new String[] {
                    "bindings",
                    "channels",
                    "connections",
                    "consumers",
                    "exchanges",
                    "nodes",
                    "parameters",
                    "permissions",
                    "policies",
                    "operator_policies",
                    "queues",
                    "users",
                    "vhosts",
                    "vhost_limits"
                }) {
            assertThat(tool.run("list", kind)).as(kind).isNotNull();
        }
        assertThat(tool.rows("list", "vhosts", "name")).contains("/");
        assertThat(tool.rows("-V", "/", "list", "exchanges", "name", "type"))
                .contains("amq.direct\tdirect", "amq.topic\ttopic", "amq.match\theaders");
        assertThat(tool.rows("list", "nodes", "name", "running"))
                .hasSize(1)
                .first()
                .asString()
                .endsWith("\tTrue");
        assertThat(tool.run("show", "overview")).contains("rabbitmq_version");
    }

    @Test
    void queuesAreDeclaredListedPurgedAndDeleted(ManagementAddress broker) {
        var tool = new Rabbitmqadmin(broker);
        var queue = broker.name("queue");
        tool.run("declare", "queue", "name=" + queue, "arguments={\"x-max-length\":10}");
        tool.run("declare", "queue", "name=" + queue, "arguments={\"x-max-length\":10}");
        assertThat(tool.fail("declare", "queue", "name=" + queue, "durable=false"))
                .contains("inequivalent arg 'durable'");
        assertThat(tool.rows("list", "queues", "name", "durable", "auto_delete"))
                .contains(queue + "\tTrue\tFalse");

        tool.run("publish", "routing_key=" + queue, "payload=hello");
        Until.holds(
                "it is counted",
                () -> tool.rows("list", "queues", "name", "messages").contains(queue + "\t1"));
        tool.run("purge", "queue", "name=" + queue);
        Until.holds(
                "it is gone",
                () -> tool.rows("list", "queues", "name", "messages").contains(queue + "\t0"));

        tool.run("delete", "queue", "name=" + queue);
        assertThat(tool.fail("delete", "queue", "name=" + queue)).contains("Not found");
    }

    @Test
    void aQueueHasTheTypeThatWasAskedFor(ManagementAddress broker) {
        var tool = new Rabbitmqadmin(broker);
        var queue = broker.name("quorum");
        tool.run("declare", "queue", "name=" + queue, "queue_type=quorum");
        assertThat(tool.rows("list", "queues", "name", "type")).contains(queue + "\tquorum");
        tool.run("delete", "queue", "name=" + queue);
    }

    @Test
    void messagesArePublishedAndGot(ManagementAddress broker) throws IOException {
        var tool = new Rabbitmqadmin(broker);
        var queue = broker.name("messages");
        tool.run("declare", "queue", "name=" + queue);
        tool.run(
                "publish",
                "routing_key=" + queue,
                "payload=first",
                "properties={\"content_type\":\"text/plain\",\"delivery_mode\":2,\"headers\":{\"n\":1}}");
        tool.runWith("from stdin", "publish", "routing_key=" + queue);
        Until.holds(
                "both are there",
                () -> tool.rows("list", "queues", "name", "messages").contains(queue + "\t2"));

        assertThat(tool.run("-f", "pretty_json", "get", "queue=" + queue, "count=2"))
                .containsSubsequence("first", "from stdin")
                .contains("\"content_type\": \"text/plain\"", "\"n\": 1", "\"redelivered\": false");
        assertThat(tool.run("-f", "pretty_json", "get", "queue=" + queue))
                .contains("\"redelivered\": true");
        var file = directory.resolve("payload");
        tool.run("get", "queue=" + queue, "ackmode=ack_requeue_false", "payload_file=" + file);
        assertThat(file).content().isEqualTo("first");
        tool.run("get", "queue=" + queue, "ackmode=reject_requeue_false");
        assertThat(tool.run("get", "queue=" + queue)).contains("No items");
        tool.run("delete", "queue", "name=" + queue);
    }

    @Test
    void bindingsAreMadeAndUndone(ManagementAddress broker) {
        var tool = new Rabbitmqadmin(broker);
        var exchange = broker.name("exchange");
        var queue = broker.name("bound");
        tool.run("declare", "exchange", "name=" + exchange, "type=topic");
        tool.run("declare", "queue", "name=" + queue);
        bind(tool, exchange, queue, "routing_key=a.#");
        bind(tool, exchange, queue, "routing_key=");
        bind(tool, exchange, queue, "routing_key=a.#", "arguments={\"x\":1}");
        tool.run("publish", "exchange=" + exchange, "routing_key=a.b", "payload=x");
        Until.holds(
                "it is routed once",
                () -> tool.rows("list", "queues", "name", "messages").contains(queue + "\t1"));

        unbind(tool, exchange, queue, "properties_key=a.%23");
        unbind(tool, exchange, queue);
        assertThat(
                        tool
                                .rows("list", "bindings", "source", "destination", "routing_key")
                                .stream()
                                .filter(row -> row.startsWith(exchange)))
                .containsExactly(exchange + "\t" + queue + "\ta.#");
        tool.run("delete", "exchange", "name=" + exchange);
        tool.run("delete", "queue", "name=" + queue);
    }

    @Test
    void exchangesAreBoundToExchanges(ManagementAddress broker) {
        var tool = new Rabbitmqadmin(broker);
        var from = broker.name("from");
        var to = broker.name("to");
        tool.run("declare", "exchange", "name=" + from, "type=direct");
        tool.run(
                "declare",
                "exchange",
                "name=" + to,
                "type=fanout",
                "durable=false",
                "internal=true",
                "arguments={\"alternate-exchange\":\"" + from + "\"}");
        bind(tool, from, to, "destination_type=exchange", "routing_key=k");
        assertThat(tool.rows("list", "bindings", "source", "destination", "destination_type"))
                .contains(from + "\t" + to + "\texchange");
        assertThat(tool.fail("publish", "exchange=" + to, "routing_key=k", "payload=x"))
                .contains("cannot publish to internal exchange");
        tool.run("delete", "exchange", "name=" + to);
        tool.run("delete", "exchange", "name=" + from);
    }

    @Test
    void virtualHostsUsersAndPermissionsComeAndGo(ManagementAddress broker) {
        var tool = new Rabbitmqadmin(broker);
        var vhost = broker.name("vhost");
        var user = broker.name("user");
        tool.run("declare", "vhost", "name=" + vhost);
        tool.run("declare", "user", "name=" + user, "password=secret", "tags=administrator");
        tool.run(
                "declare",
                "permission",
                "vhost=" + vhost,
                "user=" + user,
                "configure=.*",
                "write=^w",
                "read=.*");
        assertThat(tool.rows("list", "permissions", "vhost", "user", "write"))
                .contains(vhost + "\t" + user + "\t^w", vhost + "\tguest\t.*");
        tool.run("-u", user, "-p", "secret", "-V", vhost, "declare", "queue", "name=inside");
        assertThat(tool.rows("-V", vhost, "list", "queues", "vhost", "name"))
                .containsExactly(vhost + "\tinside");
        assertThat(tool.fail("-u", user, "-p", "wrong", "list", "queues"))
                .contains("Access refused");

        tool.run("delete", "permission", "vhost=" + vhost, "user=" + user);
        tool.run("delete", "user", "name=" + user);
        tool.run("delete", "vhost", "name=" + vhost);
        assertThat(tool.rows("list", "vhosts", "name")).doesNotContain(vhost);
    }

    @Test
    void policiesApplyToWhatTheyMatch(ManagementAddress broker) {
        var tool = new Rabbitmqadmin(broker);
        var queue = broker.name("governed");
        var policy = broker.name("policy");
        tool.run("declare", "queue", "name=" + queue);
        tool.run(
                "declare",
                "policy",
                "name=" + policy,
                "pattern=^" + queue + "$",
                "definition={\"max-length\":1}",
                "apply-to=queues",
                "priority=7");
        Until.holds(
                "it applies",
                () ->
                        broker.call("GET", "queues/%2F/" + queue + "?columns=policy", "")
                                .body()
                                .equals("{\"policy\":\"" + policy + "\"}"));
        tool.run("publish", "routing_key=" + queue, "payload=a");
        tool.run("publish", "routing_key=" + queue, "payload=b");
        Until.holds(
                "the older one is dropped",
                () -> tool.rows("list", "queues", "name", "messages").contains(queue + "\t1"));
        tool.run("delete", "policy", "name=" + policy);
        tool.run("delete", "queue", "name=" + queue);
    }

    @Test
    void definitionsGoOutAndIn(ManagementAddress broker) throws IOException {
        var tool = new Rabbitmqadmin(broker);
        var vhost = broker.name("exported");
        tool.run("declare", "vhost", "name=" + vhost);
        tool.run("-V", vhost, "declare", "queue", "name=q", "arguments={\"x-message-ttl\":5000}");
        tool.run("-V", vhost, "declare", "exchange", "name=e", "type=fanout");
        tool.run("-V", vhost, "declare", "binding", "source=e", "destination=q");
        var one = directory.resolve("one.json").toString();
        var all = directory.resolve("all.json").toString();
        tool.run("-V", vhost, "export", one);
        tool.run("export", all);
        tool.run("delete", "vhost", "name=" + vhost);

        tool.run("declare", "vhost", "name=" + vhost);
        tool.run("-V", vhost, "import", one);
        assertThat(tool.rows("-V", vhost, "list", "bindings", "source", "destination"))
                .contains("e\tq");
        tool.run("delete", "vhost", "name=" + vhost);
        Files.writeString(Path.of(all), onlyVhost(Files.readString(Path.of(all)), vhost));
        tool.run("import", all);
        assertThat(tool.rows("-V", vhost, "list", "queues", "name")).containsExactly("q");
        tool.run("delete", "vhost", "name=" + vhost);
    }

    @Test
    void whatIsNotThereIsSaidSo(ManagementAddress broker) {
        var tool = new Rabbitmqadmin(broker);
        assertThat(tool.fail("close", "connection", "name=nobody")).contains("Not found");
        assertThat(tool.fail("declare", "parameter", "component=c", "name=n", "value={}"))
                .contains("component c not found");
    }

    /// Other tests share the broker: what they had is not brought back.
    private static String onlyVhost(String definitions, String vhost) {
        return Definitions.only(definitions, vhost);
    }

    private static void bind(
            Rabbitmqadmin tool, String source, String destination, String... more) {
        tool.run(command("declare", source, destination, more));
    }

    private static void unbind(
            Rabbitmqadmin tool, String source, String destination, String... more) {
        var key = more.length == 0 ? "properties_key=~" : more[0];
        tool.run(command("delete", source, destination, "destination_type=queue", key));
    }

    private static String[] command(
            String verb, String source, String destination, String... more) {
        var command = new ArrayList<String>();
        command.add(verb);
        command.add("binding");
        command.add("source=" + source);
        command.add("destination=" + destination);
        command.addAll(List.of(more));
        return command.toArray(String[]::new);
    }
}
