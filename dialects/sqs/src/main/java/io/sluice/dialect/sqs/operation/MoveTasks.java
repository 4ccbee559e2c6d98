package io.sluice.dialect.sqs.operation;

import io.sluice.broker.queue.Redrive;
import io.sluice.broker.queue.Redrive.Ended;
import io.sluice.broker.queue.Redrive.Ended.Status;
import io.sluice.broker.queue.RedriveProgress;
import io.sluice.broker.queue.Redrives;
import io.sluice.dialect.sqs.protocol.Operation;
import io.sluice.dialect.sqs.protocol.QueueArn;
import io.sluice.dialect.sqs.protocol.Result;
import io.sluice.dialect.sqs.protocol.SqsError;
import io.sluice.dialect.sqs.queue.SqsQueue;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;

/// Moves of dead letters back to where they came from, or elsewhere: started, listed, cancelled. The broker does the work ([Redrive]); what a queue's last tasks
/// came to is kept with it.
final class MoveTasks {
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
        } else if (to.flatMap(arn -> find(call, arn))
                .filter(queue -> queue.isFifo() != source.get().isFifo())
                .isPresent()) {
            call.refuse(
                    SqsError.invalid(
                            "The source and the destination of a message move task must be both FIFO queues or both standard queues."));
        } else if (running(source.get()).isPresent()) {
            call.refuse(
                    SqsError.unsupported(
                            "There is already a task running. Only one active task is allowed for a source queue arn at a given time."));
        } else {
            begin(call, source.get(), asked, to.map(QueueArn::name));
        }
    }

    private static void begin(
            Call call, SqsQueue source, Operation.StartMessageMoveTask asked, Optional<String> to) {
        Counts.of(
                call,
                source,
                counts -> {
                    var random = call.services().random();
                    var task =
                            new Redrive(
                                    new UUID(random.nextLong(), random.nextLong()).toString(),
                                    to,
                                    asked.maxPerSecond().orElse(0),
                                    call.services().clock().millis(),
                                    counts.ready());
                    store(call, source, task, asked.sourceArn());
                });
    }

    private static void store(Call call, SqsQueue source, Redrive task, String sourceArn) {
        call.change(
                Redrives.start(source.queue(), task),
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
        var running = running(source.get());
        if (running.isEmpty()) {
            call.done(new Result.MoveTasks(tasks(source.get(), List.of(), asked)));
            return;
        }
        var task = running.get();
        Moved.of(
                call,
                source.get(),
                task,
                progress ->
                        call.done(
                                new Result.MoveTasks(
                                        tasks(
                                                source.get(),
                                                List.of(
                                                        described(
                                                                task,
                                                                asked.sourceArn(),
                                                                "RUNNING",
                                                                progress.moved(),
                                                                Optional.empty())),
                                                asked))));
    }

    private static List<Result.MoveTask> tasks(
            SqsQueue source, List<Result.MoveTask> running, Operation.ListMessageMoveTasks asked) {
        var tasks = new ArrayList<>(running);
        for (var task : Redrives.ended(source.queue())) {
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
                status.equals("RUNNING") ? Optional.of(handle(task, sourceArn)) : Optional.empty(),
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
        var handle = TaskHandle.of(asked.taskHandle());
        if (handle.isEmpty()) {
            call.refuse(SqsError.invalid(asked.taskHandle(), "TaskHandle", "Invalid task handle."));
            return;
        }
        var source = QueueArn.of(handle.get().sourceArn()).flatMap(arn -> find(call, arn));
        var task =
                source.flatMap(MoveTasks::running)
                        .filter(running -> running.id().equals(handle.get().taskId()));
        if (source.isEmpty() || task.isEmpty()) {
            call.refuse(SqsError.resourceNotFound("Task does not exist or is not running."));
            return;
        }
        Moved.of(
                call,
                source.get(),
                task.get(),
                progress -> cancel(call, source.get(), task.get(), progress));
    }

    private static void cancel(Call call, SqsQueue source, Redrive task, RedriveProgress progress) {
        var ended =
                new Ended(
                        task,
                        Status.CANCELLED,
                        progress.moved(),
                        progress.skipped(),
                        progress.failed(),
                        call.services().clock().millis(),
                        Optional.empty());
        call.change(
                Redrives.end(source.queue(), ended),
                () -> call.done(new Result.MoveTaskCancelled(progress.moved())));
    }

    private static Optional<Redrive> running(SqsQueue source) {
        return Redrives.running(source.queue());
    }

    private static Optional<SqsQueue> find(Call call, QueueArn arn) {
        return call.find(arn.account(), arn.name());
    }

    private static boolean isDeadLetterQueue(Call call, String arn) {
        var queue = QueueArn.of(arn).orElseThrow();
        return !ListDeadLetterSourceQueues.sources(call, queue.account(), queue.name()).isEmpty();
    }

    private static String handle(Redrive task, String sourceArn) {
        return new TaskHandle(task.id(), sourceArn).text();
    }
}
