/// Queues as SQS clients see them: raw keep-alive connections, the JSON protocol, as little work as possible on the client's side.
///
/// ```text
///   Crew: 16 threads ──▶ one Connection each ──▶ requests that were written beforehand
/// ```
@NullMarked
package io.sluice.benchmarks.scenario.sqs;

import org.jspecify.annotations.NullMarked;
