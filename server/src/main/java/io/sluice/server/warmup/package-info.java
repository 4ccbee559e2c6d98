/// Clients of every dialect, as few bytes of them as a broker needs to see: what the JVM learns from their load is kept in the start-up cache.
///
/// No client library is used, as its classes would be in the cache, and in the memory of every broker, too.
@NullMarked
package io.sluice.server.warmup;

import org.jspecify.annotations.NullMarked;
