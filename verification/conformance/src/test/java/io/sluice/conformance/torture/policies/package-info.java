/// What the torture of policies takes for a broken promise.
@NullMarked
package io.sluice.conformance.torture.policies;

import org.jspecify.annotations.NullMarked;
