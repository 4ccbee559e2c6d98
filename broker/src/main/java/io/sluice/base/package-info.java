/// What everything else stands on: time, bytes and who owns them.
@NullMarked
package io.sluice.base;

import org.jspecify.annotations.NullMarked;
