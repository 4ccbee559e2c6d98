/// Bytes as they go over the wire: what a client library would never send, and what it must be told.
@NullMarked
package io.sluice.conformance.wire;

import org.jspecify.annotations.NullMarked;
