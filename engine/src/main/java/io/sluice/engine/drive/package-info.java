/// Who takes the turns of what works in turns: a shard, the journal's writer, the settler.
@NullMarked
package io.sluice.engine.drive;

import org.jspecify.annotations.NullMarked;
