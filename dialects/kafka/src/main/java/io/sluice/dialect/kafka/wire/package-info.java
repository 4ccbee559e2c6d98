/// Kafka's own codecs over the transport's buffers: requests are read from the network's memory, answers are written straight into
/// the buffer that is sent, and stored records are left where they lie.
///
/// ```text
///   Frame ──▶ BoundedReader ──▶ AbstractRequest
///   AbstractResponse ──▶ ResponseEncoder ──▶ Outgoing: ▓▓▓▓▓▓ slices ▓▓▓ slices
/// ```
@NullMarked
package io.sluice.dialect.kafka.wire;

import org.jspecify.annotations.NullMarked;
