/// Real clients against a running broker, and the rules of the architecture.
@NullMarked
package io.sluice.conformance;

import org.jspecify.annotations.NullMarked;
