package io.sluice.broker.record;

import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/// A record's header. Keys may come more than once in a record.
///
/// @param value any bytes, from position to limit, or null; not copied, and nobody moves its position
public record Header(String key, @Nullable ByteBuffer value) {}
