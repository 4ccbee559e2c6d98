/// The hot paths one at a time, under JMH: nanoseconds and microseconds, where the comparison with a peer sees a broker as a whole.
///
/// What is visible to its own package only is measured from there: `OffsetIndexSpeed` and `BatchGateSpeed` carry the
/// package name of what they measure, so that nothing of the product is public for a benchmark's sake.
///
/// ```text
///   produce ──▶ BatchGateSpeed ──▶ OffsetIndexSpeed ──▶ JournalSpeed ──▶ answer
///   publish ──▶ RoutingSpeed ──▶ the same
///   wait    ──▶ TimerWheelSpeed
/// ```
@NullMarked
package io.sluice.benchmarks.hot;

import org.jspecify.annotations.NullMarked;
