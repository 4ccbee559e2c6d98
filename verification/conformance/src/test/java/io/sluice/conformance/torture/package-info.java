/// The torture, a few rounds of it, and its own measuring tools.
@NullMarked
package io.sluice.conformance.torture;

import org.jspecify.annotations.NullMarked;
