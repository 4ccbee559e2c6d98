/// Kafka's record batch v2, the one format in which records are stored, sent and kept in memory. Own code, from the format's
/// description in Kafka's protocol guide: nothing here knows a protocol, a file or a thread.
///
/// ```text
///   bytes ──▶ RecordBatch ──▶ Unpacked ──▶ Records ──▶ one record after the other
///             header view     checked,     cursor
///                             decompressed
///   records ──▶ BatchBuilder ──▶ bytes
/// ```
@NullMarked
package io.sluice.broker.record;

import org.jspecify.annotations.NullMarked;
