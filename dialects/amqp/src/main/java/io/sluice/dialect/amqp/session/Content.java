package io.sluice.dialect.amqp.session;

import io.sluice.dialect.amqp.codec.BasicMethod;
import io.sluice.dialect.amqp.codec.Properties;
import java.nio.ByteBuffer;

/// A message as it was published.
///
/// @param properties,body valid until the next frame unless it is [#kept]
/// @param reserved bytes of the process's budget that its body takes
record Content(BasicMethod.Publish publish, Properties properties, ByteBuffer body, int reserved) {
    /// The same in memory of its own.
    Content kept() {
        return new Content(publish, Properties.view(copy(properties.raw())), copy(body), reserved);
    }

    /// About what it takes when it is kept.
    int bytes() {
        return properties.raw().remaining() + body.remaining();
    }

    private static ByteBuffer copy(ByteBuffer bytes) {
        return ByteBuffer.allocate(bytes.remaining()).put(bytes.duplicate()).flip();
    }
}
