/// The measuring tools of the torture's Kafka clients.
@NullMarked
package io.sluice.conformance.torture.kafka;

import org.jspecify.annotations.NullMarked;
