package io.sluice.server;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.server.command.Terminal;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// What each option of the commands does, against a server in this process: the launcher and the screens of a whole session are the conformance
/// tests'.
final class CommandsTest extends ServerBench {
    /// Nothing of it stands for itself in an address.
    private static final String STRANGE = "a b/c%2F+?&#ü";

    @Test
    void everyFilterOfDeadLettersIsHeeded() throws Exception {
        done("queue", "create", "one", "--policy", "dead.letter.queue=dead");
        done("queue", "create", "other", "--policy", "dead.letter.queue=dead");
        done("publish", "one", "first", "--key", "k1", "--header", "colour=red");
        done("publish", "one", "second", "--header", "x-sluice-error-code=card-declined");
        done("publish", "other", "third", "--header", "colour=blue");
        reject("one", 2);
        reject("other", 1);
        awaitReady("dead", 3);

        onlyOneFits("first", "--key", "k1");
        onlyOneFits("first", "--header", "colour:red");
        onlyOneFits("second", "--code", "card-declined");
        onlyOneFits("third", "--source", "other");
        onlyOneFits("second", "--text", "eco");
        for (var none :
                new String[][] {
                    {"--reason", "expired"},
                    {"--since", "2100-01-01T00:00:00Z"},
                    {"--until", "2020-01-01T00:00:00Z"}
                }) {
            assertThat(done("dlq", "list", "dead", none[0], none[1])).isEmpty();
            assertThat(done("dlq", "redrive", "dead", "--dry-run", none[0], none[1]))
                    .startsWith("0 dead letters");
        }
    }

    private void onlyOneFits(String body, String option, String value) {
        assertThat(done("dlq", "list", "dead", option, value))
                .as("%s %s", option, value)
                .hasLineCount(2)
                .contains(body);
        assertThat(done("dlq", "group", "dead", option, value))
                .hasLineCount(2)
                .containsPattern("(?m)^ +1 ");
        assertThat(done("dlq", "redrive", "dead", "--dry-run", option, value))
                .isEqualTo("1 dead letters would be moved.\n");
    }

    @Test
    void theLargestGroupOfDeadLettersComesFirst() throws Exception {
        done("queue", "create", "other", "--policy", "dead.letter.queue=dead");
        done("publish", "other", "x");
        reject("other", 1);
        awaitReady("dead", 1);
        done("queue", "create", "work", "--policy", "dead.letter.queue=dead");
        done("publish", "work", "x", "--count", "2");
        reject("work", 2);
        awaitReady("dead", 3);

        assertThat(done("dlq", "group", "dead").lines().skip(1))
                .satisfiesExactly(
                        first -> assertThat(first).containsPattern("^ +2 +rejected +\\S+ +work "),
                        second ->
                                assertThat(second).containsPattern("^ +1 +rejected +\\S+ +other "));
    }

    @Test
    void deadLettersAreListedPageByPage() throws Exception {
        letters("first", "second", "third");

        var page = run("dlq", "list", "dead", "--limit", "2");
        assertThat(page.out).hasLineCount(3).contains("first", "second").doesNotContain("third");
        assertThat(page.err).isEqualTo("There are more: --after 0-1\n");
        assertThat(done("dlq", "list", "dead", "--after", "0-1")).hasLineCount(2).contains("third");
    }

    @Test
    void aRedriveMovesAtMostSoManyToWhereItIsTold() throws Exception {
        letters("first", "second", "third");
        done("queue", "create", "elsewhere");

        assertThat(done("dlq", "redrive", "dead", "--dry-run", "--max", "2"))
                .isEqualTo("2 dead letters would be moved.\n");
        assertThat(done("dlq", "list", "dead")).hasLineCount(4);
        assertThat(done("dlq", "redrive", "dead", "--max", "2", "--to", "elsewhere", "--follow"))
                .containsPattern("(?m)^state +completed$")
                .containsPattern("(?m)^max +2$")
                .containsPattern("(?m)^moved +2$");

        awaitReady("elsewhere", 2);
        assertThat(done("peek", "elsewhere")).contains("first", "second");
        assertThat(done("dlq", "list", "dead")).hasLineCount(2).contains("third");
        assertThat(done("peek", "work")).isEmpty();
    }

    @Test
    void aPausedRedriveGoesOnWhenItIsTold() throws Exception {
        letters("first", "second", "third");
        var begun = done("dlq", "redrive", "dead", "--per-second", "1");
        var id = Pattern.compile("Redrive (\\S+) has begun").matcher(begun);
        assertThat(id.find()).as(begun).isTrue();

        assertThat(done("dlq", "redrive", "dead", "--pause", id.group(1)))
                .containsPattern("(?m)^state +paused$")
                .containsPattern("(?m)^per second +1$");
        assertThat(done("dlq", "redrive", "dead", "--list")).contains("paused");
        assertThat(done("dlq", "redrive", "dead", "--resume", id.group(1)))
                .containsPattern("(?m)^state +running$");
        assertThat(done("dlq", "redrive", "dead", "--show", id.group(1), "--follow"))
                .containsPattern("(?m)^state +completed$")
                .containsPattern("(?m)^moved +3$");
        var late = run("dlq", "redrive", "dead", "--cancel", id.group(1));
        assertThat(late.status).isEqualTo(1);
        assertThat(late.err).isEqualTo("sluice: the redrive '" + id.group(1) + "' has ended\n");
    }

    @Test
    void whatSomebodyHoldsIsNotCountedByADryRun() throws Exception {
        letters("first", "second", "third");
        sqs("ReceiveMessage", "{\"QueueUrl\":\"dead\",\"VisibilityTimeout\":43200}");

        assertThat(done("dlq", "redrive", "dead", "--dry-run"))
                .isEqualTo("2 dead letters would be moved.\n");
    }

    @Test
    void anEditedCopyHasAnotherHeaderKeyAndPlace() throws Exception {
        letters("first");
        done("queue", "create", "elsewhere");

        done("dlq", "edit", "dead", "0-0", "--header", "by=me", "--key", "k2", "--to", "elsewhere");

        assertThat(done("peek", "elsewhere", "--json"))
                .contains("\"key\":\"k2\"", "\"by\":\"me\"", "\"body\":\"first\"");
        assertThat(done("peek", "work")).isEmpty();
    }

    @Test
    void severalDeadLettersAreDeletedAndTheOthersStay() throws Exception {
        letters("first", "second", "third");

        assertThat(done("dlq", "delete", "dead", "0-0", "0-2"))
                .isEqualTo("Dead letter 0-0 is deleted.\nDead letter 0-2 is deleted.\n");

        assertThat(done("dlq", "list", "dead")).hasLineCount(2).contains("second");
        var gone = run("dlq", "delete", "dead", "0-0");
        assertThat(gone.status).isEqualTo(1);
        assertThat(gone.err).isEqualTo("sluice: no message '0-0' in queue 'dead'\n");
    }

    @Test
    void aQueueThatHoldsSomethingStaysWhenOnlyAnEmptyOneIsToGo() {
        done("queue", "create", "work");
        done("publish", "work", "x");

        var refused = run("queue", "delete", "work", "--if-empty");
        assertThat(refused.status).isEqualTo(1);
        assertThat(refused.out).isEmpty();
        assertThat(done("queue", "list")).contains("work");
        done("queue", "purge", "work");
        done("queue", "delete", "work", "--if-empty");
        assertThat(done("queue", "list")).isEmpty();
    }

    @Test
    void namesMayBeOfAnyLettersAndNamespacesAreKeptApart() throws Exception {
        assertThat(admin("PUT", "/api/vhosts/a%20b%2Fc", "").statusCode()).isEqualTo(201);
        there("queue", "create", STRANGE);
        done("queue", "create", "here");
        there("publish", STRANGE, "x");

        assertThat(there("queue", "list")).hasLineCount(2).contains(STRANGE, "a b/c");
        assertThat(done("queue", "list")).hasLineCount(3).contains("here", STRANGE);
        assertThat(done("queue", "list", "--namespace", "/"))
                .hasLineCount(2)
                .contains("here")
                .doesNotContain(STRANGE);
        assertThat(there("peek", STRANGE)).hasLineCount(2);
        assertThat(run("queue", "show", STRANGE).err)
                .isEqualTo("sluice: no queue '" + STRANGE + "' in namespace '/'\n");
        assertThat(done("topic", "list").lines().map(line -> line.split(" ", 2)[0]))
                .as("other namespaces' queues keep their topics to themselves")
                .containsExactly("TOPIC", "here");
        there("queue", "purge", STRANGE);
        assertThat(there("peek", STRANGE)).isEmpty();
        there("queue", "delete", STRANGE);
        assertThat(done("queue", "list")).hasLineCount(2).contains("here");
    }

    @Test
    void aQueueGetsTheTopicOrThePartitionsThatAreWished() {
        done("topic", "create", "events", "--config", "retention.ms=60000");
        done("queue", "create", "reader", "--topic", "events");
        assertThat(done("topic", "list")).containsPattern("events +1 +reader +retention.ms=60000");

        done("queue", "create", "work", "--partitions", "2");
        assertThat(done("queue", "show", "work")).containsPattern("(?m)^partitions +2$");
        done("queue", "create", "work", "--partitions", "3");
        assertThat(done("queue", "show", "work")).containsPattern("(?m)^partitions +3$");
    }

    @Test
    void forScriptsNothingButTheBrokersAnswersIsPrinted() {
        assertThat(done("queue", "create", "work", "--json")).isEmpty();
        assertThat(done("publish", "work", "x", "--json"))
                .isEqualTo("{\"partition\":0,\"offset\":0}\n");
        assertThat(done("publish", "work", "x", "--count", "2", "--json").lines())
                .containsExactlyInAnyOrder(
                        "{\"partition\":0,\"offset\":1}", "{\"partition\":0,\"offset\":2}");
        assertThat(done("queue", "list", "--json")).startsWith("[{\"namespace\":\"/\"");
        assertThat(done("policy", "show", "work", "--json")).startsWith("{\"effective\":");
        assertThat(done("dlq", "list", "work", "--json")).startsWith("{\"letters\":[{");
        assertThat(done("dlq", "group", "work", "--json")).startsWith("[{");
        assertThat(done("dlq", "redrive", "work", "--dry-run", "--json"))
                .startsWith("{\"messages\":3,");
        assertThat(done("breaker", "show", "work", "--json")).startsWith("{\"state\":\"closed\"");
        assertThat(done("queue", "delete", "work", "--json")).isEmpty();
        var none = run("queue", "list", "--json");
        assertThat(none.out).isEqualTo("[]\n");
        assertThat(none.err).isEmpty();
    }

    @Test
    void whatIsNotPublishedIsNotCalledSo() {
        var one = run("publish", "nowhere", "x");
        assertThat(one.status).isEqualTo(1);
        assertThat(one.out).isEmpty();
        assertThat(one.err).isEqualTo("sluice: no queue 'nowhere' in namespace '/'\n");

        var many = run("publish", "nowhere", "x", "--count", "100");
        assertThat(many.status).isEqualTo(1);
        assertThat(many.out).isEmpty();
        assertThat(many.err)
                .isEqualTo("sluice: no queue 'nowhere' in namespace '/' (0 were published)\n");
    }

    @Test
    void theEnvironmentSaysWhoAsksAndAnOptionIsStronger() throws Exception {
        assertThat(
                        admin(
                                        "PUT",
                                        "/api/users/somebody",
                                        "{\"password\":\"secret\",\"tags\":\"administrator\"}")
                                .statusCode())
                .isEqualTo(201);
        var right = Map.of("SLUICE_USER", "somebody", "SLUICE_PASSWORD", "secret");
        var wrong = Map.of("SLUICE_USER", "somebody", "SLUICE_PASSWORD", "wrong");
        var list = new String[] {"queue", "list"};

        assertThat(run(right, "", list).status).isZero();
        assertThat(run(wrong, "", list).err)
                .isEqualTo(
                        "sluice: the broker does not know this user and password (--user, --password)\n");
        assertThat(run(wrong, "", "queue", "list", "--password", "secret").status).isZero();
        assertThat(run(right, "", "queue", "list", "--user", "guest").status).isEqualTo(1);
    }

    @Test
    void aBodyComesFromTheInputWhereNoneIsTyped() {
        done("queue", "create", "work");
        assertThat(run(Map.of(), "all\nof it", "publish", "work").out).isEqualTo("Published.\n");
        assertThat(done("peek", "work", "--json")).contains("\"body\":\"all\\u000aof it\"");
        assertThat(run(Map.of(), "a\nb\n", "publish", "work", "--lines", "--key", "k").out)
                .isEqualTo("2 published.\n");
        assertThat(done("peek", "work", "--json").split("\"key\":\"k\"", -1)).hasSize(3);
        assertThat(done("peek", "work", "--limit", "1")).hasLineCount(2);
    }

    @Test
    void aBreakerShowsWhyItIsOpenAndSinceWhen() {
        done("queue", "create", "work");

        assertThat(done("breaker", "open", "work"))
                .containsPattern("(?m)^state +forced_open$")
                .containsPattern("(?m)^since +20");
        assertThat(done("queue", "show", "work")).containsPattern("(?m)^ +state +forced_open$");
        assertThat(done("breaker", "close", "work")).containsPattern("(?m)^state +closed$");
    }

    /// Dead letters in `dead`, one for each body, that died in `work`.
    private void letters(String... bodies) throws Exception {
        done("queue", "create", "work", "--policy", "dead.letter.queue=dead");
        for (var body : bodies) {
            done("publish", "work", body);
        }
        reject("work", bodies.length);
        awaitReady("dead", bodies.length);
    }

    private void reject(String queue, int count) throws Exception {
        var got =
                admin(
                        "POST",
                        "/api/queues/%2F/" + queue + "/get",
                        "{\"count\":%d,\"ackmode\":\"reject_requeue_false\",\"encoding\":\"auto\"}"
                                .formatted(count));
        assertThat(got.statusCode()).as(got.body()).isEqualTo(200);
    }

    private void awaitReady(String queue, int count) throws Exception {
        var end = System.nanoTime() + PATIENCE.toNanos();
        var wanted = "\"ready\":" + count + ",";
        while (!admin("GET", "/api/sluice/queues/%2F/" + queue, "").body().contains(wanted)) {
            assertThat(System.nanoTime()).as(queue + " has " + count).isLessThan(end);
        }
    }

    /// How a command ended.
    private record Outcome(int status, String out, String err) {}

    /// What a command prints that has to end well.
    private String done(String... words) {
        var outcome = run(words);
        assertThat(outcome.status).as(String.join(" ", words) + ": " + outcome.err).isZero();
        return outcome.out;
    }

    /// In the namespace `a b/c`.
    private String there(String... words) {
        return done(
                Stream.concat(Stream.of(words), Stream.of("--namespace", "a b/c"))
                        .toArray(String[]::new));
    }

    private Outcome run(String... words) {
        return run(Map.of(), "", words);
    }

    private Outcome run(Map<String, String> environment, String input, String... words) {
        var all = new HashMap<>(environment);
        all.put("SLUICE_URL", url("admin"));
        var out = new ByteArrayOutputStream();
        var err = new ByteArrayOutputStream();
        var terminal =
                new Terminal(
                        new PrintStream(out, true, UTF_8),
                        new PrintStream(err, true, UTF_8),
                        new ByteArrayInputStream(input.getBytes(UTF_8)),
                        all,
                        0);
        int status = Main.run(terminal, words);
        return new Outcome(status, out.toString(UTF_8), err.toString(UTF_8));
    }
}
