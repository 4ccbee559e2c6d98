package io.sluice.engine.shard;

import io.sluice.broker.queue.Failure;
import io.sluice.broker.queue.QueuePart;
import io.sluice.broker.queue.QueueReport;
import io.sluice.broker.queue.Settlement;
import io.sluice.broker.queue.Settlement.Released;
import io.sluice.engine.queue.QueueState;
import java.util.HashMap;
import java.util.Map;

/// Queues that try again what has failed, and the words that tests of them speak in.
abstract class RetryBench {
    final Bench bench = new Bench();
    final QueueBench queues = new QueueBench(bench);

    QueuePart queue(Map<String, String> retry) {
        return queue("q", retry, Map.of());
    }

    /// A queue with these settings of its retries (`max-attempts`, ...). Its dead letters go to the queue `dead`.
    QueuePart queue(String name, Map<String, String> retry, Map<String, String> others) {
        var arguments = new HashMap<>(policy(retry));
        arguments.putAll(others);
        return queues.declareDying(name, arguments);
    }

    static Map<String, String> policy(Map<String, String> retry) {
        var arguments = new HashMap<String, String>();
        retry.forEach((name, value) -> arguments.put("x-sluice-retry-" + name, value));
        return arguments;
    }

    static Settlement.Outcome failed(String code, String text) {
        return new Released(true, Settlement.AS_POLICY, new Failure(code, text));
    }

    QueueReport report(QueuePart queue) {
        var reply = new Answered<QueueReport>();
        bench.broker.queues().report(queue, reply);
        bench.quiet();
        return reply.value();
    }

    @SuppressWarnings("NullAway") // queues that the test has declared are there
    QueueState state(QueuePart queue) {
        return bench.hostedBy(queue.partition()).queues().find(queue.stateId()).state();
    }
}
