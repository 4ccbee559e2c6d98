/// Avro: its library reads and compares schemas; values, in binary or as JSON, are walked over here, so that nothing is allocated for what they
/// merely claim.
@NullMarked
package io.sluice.schema.avro;

import org.jspecify.annotations.NullMarked;
