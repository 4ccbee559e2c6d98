/// The only door to files. The machine's disk, a faulty one and (later) an encrypting one plug in here: every byte that goes
/// to disk or comes back passes through a [io.sluice.engine.storage.StoredFile].
@NullMarked
package io.sluice.engine.storage;

import org.jspecify.annotations.NullMarked;
