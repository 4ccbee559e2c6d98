package io.sluice.dialect.sqs.operation;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.sluice.broker.CatalogChange;
import io.sluice.broker.queue.JsonText;
import io.sluice.broker.queue.QueueStatus;
import io.sluice.broker.queue.Redrive;
import io.sluice.broker.queue.Redrive.Ended;
import io.sluice.broker.queue.Redrive.Ended.Status;
import io.sluice.dialect.sqs.protocol.Operation;
import io.sluice.dialect.sqs.protocol.QueueArn;
import io.sluice.dialect.sqs.protocol.Result;
import io.sluice.dialect.sqs.protocol.SqsError;
import io.sluice.dialect.sqs.queue.SqsQueue;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;
import java.util.regex.Pattern;

/// Moves of dead letters back to where they came from, or elsewhere: started, listed, cancelled. The broker does the work ([Redrive]); what a queue's last tasks
/// came to is kept with it.
final class MoveTasks {
    /// The last ones, a line each, the newest first.
    private static final String HISTORY = "sqs-move-tasks";

    private static final int HISTORY_MAX = 10;
    private static final Pattern HANDLE =
            Pattern.compile("\\{\"taskId\":\"([^\"]+)\",\"sourceArn\":\"([^\"]+)\"}");

    private MoveTasks() {}

    // ---- start

    static void start(Call call, Operation.StartMessageMoveTask asked) {
        var source = QueueArn.of(asked.sourceArn()).flatMap(arn -> find(call, arn));
        var to = asked.destinationArn().flatMap(QueueArn::of);
        if (source.isEmpty()) {
            call.refuse(
                    SqsError.resourceNotFound(
                            "The resource that you specified for the SourceArn parameter doesn't exist."));
        } else if (asked.destinationArn().isPresent()
                && to.flatMap(arn -> find(call, arn)).isEmpty()) {
            call.refuse(
                    SqsError.resourceNotFound(
                            "The resource that you specified for the DestinationArn parameter doesn't exist."));
        } else if (!isDeadLetterQueue(call, asked.sourceArn())) {
            call.refuse(
                    SqsError.invalid("Source queue must be configured as a Dead Letter Queue."));
        } else if (running(source.get()).isPresent()) {
            call.refuse(
                    SqsError.unsupported(
                            "There is already a task running. Only one active task is allowed for a source queue arn at a given time."));
        } else {
            begin(call, source.get(), asked, to.map(QueueArn::name));
        }
    }

    private static void begin(
            Call call,
            SqsQueue source,
            Operation.StartMessageMoveTask asked,
            Optional<String> to) {
        call.services()
                .broker()
                .queues()
                .status(
                        source.part(),
                        call.<QueueStatus>reply(
                                status -> {
                                    var random = call.services().random();
                                    var task =
                                            new Redrive(
                                                    new UUID(random.nextLong(), random.nextLong())
                                                            .toString(),
                                                    to,
                                                    asked.maxPerSecond().orElse(0),
                                                    call.services().clock().millis(),
                                                    status.ready());
                                    store(call, source, task, asked.sourceArn());
                                }));
    }

    private static void store(Call call, SqsQueue source, Redrive task, String sourceArn) {
        var attributes = withHistory(source, ended(source));
        attributes.put(Redrive.ATTRIBUTE, JsonText.quoted(task.text()));
        call.change(
                new CatalogChange.ConfigureQueue(source.queue().id(), attributes),
                () -> call.done(new Result.MoveTaskStarted(handle(task, sourceArn))));
    }

    // ---- list

    static void list(Call call, Operation.ListMessageMoveTasks asked) {
        var source = QueueArn.of(asked.sourceArn()).flatMap(arn -> find(call, arn));
        if (source.isEmpty()) {
            call.refuse(
                    SqsError.resourceNotFound(
                            "The resource that you specified for the SourceArn parameter doesn't exist."));
            return;
        }
        call.services()
                .broker()
                .queues()
                .status(
                        source.get().part(),
                        call.<QueueStatus>reply(
                                status ->
                                        call.done(
                                                new Result.MoveTasks(
                                                        tasks(
                                                                source.get(),
                                                                status.ready(),
                                                                asked)))));
    }

    private static List<Result.MoveTask> tasks(
            SqsQueue source, long ready, Operation.ListMessageMoveTasks asked) {
        var tasks = new ArrayList<Result.MoveTask>();
        running(source)
                .ifPresent(
                        task ->
                                tasks.add(
                                        described(
                                                task,
                                                asked.sourceArn(),
                                                "RUNNING",
                                                Math.max(0, task.toMove() - ready),
                                                Optional.empty())));
        for (var task : ended(source)) {
            tasks.add(
                    described(
                            task.task(),
                            asked.sourceArn(),
                            task.status().name(),
                            task.moved(),
                            task.failure()));
        }
        return tasks.subList(0, Math.min(tasks.size(), asked.maxResults()));
    }

    private static Result.MoveTask described(
            Redrive task, String sourceArn, String status, long moved, Optional<String> failure) {
        var source = QueueArn.of(sourceArn).orElseThrow();
        return new Result.MoveTask(
                status.equals("RUNNING")
                        ? Optional.of(handle(task, sourceArn))
                        : Optional.empty(),
                status,
                sourceArn,
                task.to().map(name -> new QueueArn(source.region(), source.account(), name).text()),
                task.perSecond() == 0 ? OptionalLong.empty() : OptionalLong.of(task.perSecond()),
                moved,
                OptionalLong.of(task.toMove()),
                failure,
                task.startedMillis());
    }

    // ---- cancel

    static void cancel(Call call, Operation.CancelMessageMoveTask asked) {
        var handle = HANDLE.matcher(decoded(asked.taskHandle()));
        if (!handle.matches()) {
            call.refuse(SqsError.invalid(asked.taskHandle(), "TaskHandle", "Invalid task handle."));
            return;
        }
        var source = QueueArn.of(handle.group(2)).flatMap(arn -> find(call, arn));
        var task =
                source.flatMap(MoveTasks::running)
                        .filter(running -> running.id().equals(handle.group(1)));
        if (source.isEmpty() || task.isEmpty()) {
            call.refuse(SqsError.resourceNotFound("Task does not exist or is not running."));
            return;
        }
        call.services()
                .broker()
                .queues()
                .status(
                        source.get().part(),
                        call.<QueueStatus>reply(
                                status ->
                                        cancel(
                                                call,
                                                source.get(),
                                                task.get(),
                                                Math.max(
                                                        0,
                                                        task.get().toMove() - status.ready()))));
    }

    private static void cancel(Call call, SqsQueue source, Redrive task, long moved) {
        var all = new ArrayList<Ended>();
        all.add(new Ended(task, Status.CANCELLED, moved, Optional.empty()));
        all.addAll(ended(source));
        var attributes = withHistory(source, all);
        attributes.remove(Redrive.ATTRIBUTE);
        call.change(
                new CatalogChange.ConfigureQueue(source.queue().id(), attributes),
                () -> call.done(new Result.MoveTaskCancelled(moved)));
    }

    // ---- what is kept

    private static Optional<Redrive> running(SqsQueue source) {
        return Optional.ofNullable(source.queue().attributes().get(Redrive.ATTRIBUTE))
                .map(JsonText::unquoted)
                .map(Redrive::of);
    }

    /// The newest first: the one that the broker has ended, then those before.
    private static List<Ended> ended(SqsQueue source) {
        var ended = new ArrayList<Ended>();
        var last = source.queue().attributes().get(Redrive.ENDED_ATTRIBUTE);
        if (last != null) {
            ended.add(Ended.of(JsonText.unquoted(last)));
        }
        source.queue()
                .attributes()
                .getOrDefault(HISTORY, "")
                .lines()
                .map(Ended::of)
                .forEach(ended::add);
        return ended;
    }

    private static Map<String, String> withHistory(SqsQueue source, List<Ended> ended) {
        var attributes = new HashMap<>(source.queue().attributes());
        attributes.remove(Redrive.ENDED_ATTRIBUTE);
        attributes.put(
                HISTORY,
                String.join(
                        "\n", ended.stream().limit(HISTORY_MAX).map(Ended::text).toList()));
        return attributes;
    }

    private static Optional<SqsQueue> find(Call call, QueueArn arn) {
        return call.find(arn.account(), arn.name());
    }

    private static boolean isDeadLetterQueue(Call call, String arn) {
        var queue = QueueArn.of(arn).orElseThrow();
        return !ListDeadLetterSourceQueues.sources(call, queue.account(), queue.name()).isEmpty();
    }

    private static String handle(Redrive task, String sourceArn) {
        var text = "{\"taskId\":\"" + task.id() + "\",\"sourceArn\":\"" + sourceArn + "\"}";
        return Base64.getEncoder().encodeToString(text.getBytes(UTF_8));
    }

    private static String decoded(String handle) {
        try {
            return new String(Base64.getDecoder().decode(handle), UTF_8);
        } catch (IllegalArgumentException notOurs) {
            return "";
        }
    }
}
