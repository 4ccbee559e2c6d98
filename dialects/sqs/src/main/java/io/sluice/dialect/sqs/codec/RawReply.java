package io.sluice.dialect.sqs.codec;

import java.nio.ByteBuffer;
import java.util.Map;

/// An HTTP answer.
///
/// @param headers further ones
/// @param body from position to limit, on the heap
public record RawReply(
        int status, String contentType, Map<String, String> headers, ByteBuffer body) {}
