/// Messages that fail, with real clients of all protocols.
@NullMarked
package io.sluice.conformance.retry;

import org.jspecify.annotations.NullMarked;
