/// AMQP 0-9-1 with RabbitMQ's extensions as bytes and as values. No socket, no thread, no state but that of a connection's own decoder.
///
/// ```text
///   read ──▶ FrameStream ──▶ Frame ─┬▶ Method.decode        ──▶ Method | ProtocolError
///                                   ├▶ ContentHeader.decode ──▶ ContentHeader | ProtocolError
///                                   └▶ payload()                 the body's bytes
///
///   Method, raw properties, body ──▶ FrameWriter ──▶ ByteBuf
/// ```
///
/// What is read comes as a [java.nio.ByteBuffer] and is looked at where it lies; what is written goes straight into a Netty buffer.
@NullMarked
package io.sluice.dialect.amqp.codec;

import org.jspecify.annotations.NullMarked;
