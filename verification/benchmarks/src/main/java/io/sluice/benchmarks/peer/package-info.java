/// Sluice beside the brokers that it is compared with: each a child process on loopback, started, measured from `/proc`, stopped.
@NullMarked
package io.sluice.benchmarks.peer;

import org.jspecify.annotations.NullMarked;
