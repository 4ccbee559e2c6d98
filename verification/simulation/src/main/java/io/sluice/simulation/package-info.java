/// The real engine on a simulated clock and a simulated disk, crashed wherever it can crash.
@NullMarked
package io.sluice.simulation;

import org.jspecify.annotations.NullMarked;
