/// Where a message goes: exchanges and bindings as immutable values, and the walk through them. Nothing here takes a lock: a catalog's
/// snapshot holds routing tables that share all but a path with their predecessors.
@NullMarked
package io.sluice.broker.routing;

import org.jspecify.annotations.NullMarked;
