/// Real brokers as child processes: started, killed and started again on the same files.
///
/// ```text
///   Software (Sluice or Apache Kafka)          what to run, and how to see that it is ready
///       │
///   BrokerProcess   start ──▶ ready ──▶ kill -9 / SIGTERM ──▶ start ──▶ ...      same ports, same files
/// ```
@NullMarked
package io.sluice.conformance.process;

import org.jspecify.annotations.NullMarked;
