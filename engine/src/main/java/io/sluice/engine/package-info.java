/// The state behind the port: log store, shards, partitions and the catalog.
@NullMarked
package io.sluice.engine;

import org.jspecify.annotations.NullMarked;
