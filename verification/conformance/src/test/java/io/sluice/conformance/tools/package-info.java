/// Clients of other making: Kafka's command-line tools, kcat (librdkafka), kafkajs, Kafka Streams.
@NullMarked
package io.sluice.conformance.tools;

import org.jspecify.annotations.NullMarked;
