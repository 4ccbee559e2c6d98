/// Schemas at the door, for real clients of every dialect; and the registry.
@NullMarked
package io.sluice.conformance.schema;

import org.jspecify.annotations.NullMarked;
