/// The workers of the story: processes of their own, so that one can be killed. Each takes payments from the queue and has the gateway charge
/// them; what the gateway will not do just now goes back to the broker, which knows what to do with it.
@NullMarked
package io.sluice.conformance.demo.worker;

import org.jspecify.annotations.NullMarked;
