/// What is measured: each scenario does the same with the same client code to whichever broker it is given.
@NullMarked
package io.sluice.benchmarks.scenario;

import org.jspecify.annotations.NullMarked;
