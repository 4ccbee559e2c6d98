/// What exists: topics, settings, producer ids already given. Pure decisions over immutable snapshots, and the journal they are
/// kept in.
@NullMarked
package io.sluice.engine.catalog;

import org.jspecify.annotations.NullMarked;
