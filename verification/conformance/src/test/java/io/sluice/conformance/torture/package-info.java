/// A few rounds of the torture.
@NullMarked
package io.sluice.conformance.torture;

import org.jspecify.annotations.NullMarked;
