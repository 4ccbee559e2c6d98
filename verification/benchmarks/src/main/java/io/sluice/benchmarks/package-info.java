/// Speed, measured: JMH for the hot paths, end to end beside Apache Kafka.
@NullMarked
package io.sluice.benchmarks;

import org.jspecify.annotations.NullMarked;
