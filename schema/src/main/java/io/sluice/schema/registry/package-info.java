/// The registry: schemas under subjects, with versions, numbers that are given once, and rules of what may follow what. Kept as settings in the
/// catalog, so that it is journalled, recovered and published with everything else that exists.
///
/// ```text
///   schema-subject  orders-value   version.1 = 7, version.2 = 9, version.1.deleted = true
///   schema-id       9              type, text, fingerprint, reference.0 = name, subject, version
///   schema-config   orders-value   compatibility = FULL           (the name * is everybody's)
///   schema-numbers  next           id = 10
/// ```
@NullMarked
package io.sluice.schema.registry;

import org.jspecify.annotations.NullMarked;
