/// Sluice's own record batches against those of Kafka's client library.
@NullMarked
package io.sluice.conformance.record;

import org.jspecify.annotations.NullMarked;
