/// What AMQP clients were told, and whether it is so.
///
/// ```text
///   publishers ──▶ Ledger ◀── receivers     (which copy of which message was confirmed, held, settled, by whom, in which life)
///   declarer ──▶ Declarations               (what was acknowledged as declared and as deleted)
/// ```
///
/// A publisher that loses its connection publishes again what was not confirmed, as every application has to. So each publish
/// is a *copy* of its own: what is checked is checked of copies, and copies of the same message are only counted.
@NullMarked
package io.sluice.conformance.torture.amqp;

import org.jspecify.annotations.NullMarked;
