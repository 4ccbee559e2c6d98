package io.sluice.server.command;

import io.sluice.admin.json.JsonObject;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;

/// One call of a command: what was typed, and what it is done with. Owned by one thread.
final class Invocation implements AutoCloseable {
    static final String URL = "http://127.0.0.1:15672";

    private static final String GUEST = "guest";

    private final CommandLine line;
    private final Terminal terminal;
    private final Instant began = Instant.now();
    private @Nullable Api api;

    Invocation(CommandLine line, Terminal terminal) {
        this.line = line;
        this.terminal = terminal;
    }

    Terminal terminal() {
        return terminal;
    }

    Instant now() {
        return Instant.now();
    }

    /// Since the command began.
    Duration elapsed() {
        return Duration.between(began, now());
    }

    String argument(int index) {
        return argumentAt(index).orElseThrow(() -> new IllegalStateException("no such argument"));
    }

    Optional<String> argumentAt(int index) {
        String value = line.getCommandSpec().positionalParameters().get(index).getValue();
        return Optional.ofNullable(value);
    }

    /// What stands in the last, open-ended argument.
    List<String> rest() {
        List<String> values = line.getCommandSpec().positionalParameters().getLast().getValue();
        return values == null ? List.of() : List.copyOf(values);
    }

    Optional<String> option(String name) {
        return Optional.ofNullable(line.getCommandSpec().findOption(name).getValue());
    }

    Optional<Long> number(String name) {
        return Optional.ofNullable(line.getCommandSpec().findOption(name).getValue());
    }

    boolean flag(String name) {
        return Boolean.TRUE.equals(line.getCommandSpec().findOption(name).getValue());
    }

    List<String> options(String name) {
        List<String> values = line.getCommandSpec().findOption(name).getValue();
        return values == null ? List.of() : List.copyOf(values);
    }

    boolean json() {
        return flag("--json");
    }

    /// What was typed makes no sense: exit status 2.
    ParameterException misused(String why) {
        return new ParameterException(line, why);
    }

    Api api() {
        var known = api;
        if (known == null) {
            known =
                    new Api(
                            setting("--url", "SLUICE_URL", URL),
                            setting("--user", "SLUICE_USER", GUEST),
                            setting("--password", "SLUICE_PASSWORD", GUEST));
            api = known;
        }
        return known;
    }

    private String setting(String option, String variable, String otherwise) {
        return option(option)
                .orElseGet(() -> terminal.environment().getOrDefault(variable, otherwise));
    }

    /// Where a queue of the namespace lies in the API.
    String queue(String name) {
        return Paths.QUEUES + place(name);
    }

    /// The namespace and a queue's name, as they stand in an address.
    String place(String name) {
        var namespace = option("--namespace").orElse("/");
        return "/" + Api.encoded(namespace) + "/" + Api.encoded(name);
    }

    /// Prints an answer as it was asked for.
    void show(Answer answer, Consumer<Answer> people) {
        if (json()) {
            terminal.out().println(answer.text());
        } else {
            people.accept(answer);
        }
    }

    /// Prints all that is known of one thing.
    void showFacts(Answer answer) {
        show(answer, told -> facts(told.object()));
    }

    void facts(JsonObject object) {
        new Facts(terminal, now()).print(object);
    }

    /// Prints a list as a table.
    ///
    /// @param field the list's, where it is not the whole answer
    void showTable(Answer answer, String field, String nothing, Column... columns) {
        show(
                answer,
                told -> new Table(columns).fill(told.items(field), now()).print(terminal, nothing));
    }

    /// Says what was done, unless the answer itself is wanted.
    void done(Answer answer, String sentence) {
        if (!json()) {
            terminal.out().println(sentence);
        } else if (!answer.text().isBlank()) {
            terminal.out().println(answer.text());
        }
    }

    @Override
    public void close() {
        if (api != null) {
            api.close();
        }
    }
}
