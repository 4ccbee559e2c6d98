/// Histories of queues: publishers that wait for their confirms, consumers that settle in every way there is, and a power that goes at any moment. What
/// clients were told is held against what is there in the end.
@NullMarked
package io.sluice.simulation.queue;

import org.jspecify.annotations.NullMarked;
