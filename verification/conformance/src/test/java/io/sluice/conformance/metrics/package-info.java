/// Metrics as Prometheus reads them.
@NullMarked
package io.sluice.conformance.metrics;

import org.jspecify.annotations.NullMarked;
