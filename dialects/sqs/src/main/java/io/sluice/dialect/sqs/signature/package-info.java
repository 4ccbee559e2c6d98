/// Amazon's signature, version 4, as servers see it: who signed a request, and whether it was him.
///
/// ```text
///   RawRequest ──▶ Presented.of ─┬▶ Unsigned
///                                ├▶ Malformed(error)
///                                └▶ Signed(signature) ── scope().accessKey() ──▶ whoever knows secrets
///                                                                                    │
///                         Optional<SqsError> ◀── signature.verify(SigningKey, now) ◀─┘
/// ```
@NullMarked
package io.sluice.dialect.sqs.signature;

import org.jspecify.annotations.NullMarked;
