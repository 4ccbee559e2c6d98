/// Many independent logs, appended durably together: the SPI that the engine stands on.
///
/// A log is a growing run of bytes. It is appended in chunks; a chunk survives a crash whole or not at all, and never without those
/// before it. Positions are byte addresses from the log's birth on and never change, so whoever appends knows where its bytes
/// will be before they are durable. What a chunk holds is the caller's affair; callers frame and checksum their own entries.
@NullMarked
package io.sluice.engine.log;

import org.jspecify.annotations.NullMarked;
