/// One policy, set in every protocol's own way by unmodified clients.
@NullMarked
package io.sluice.conformance.policy;

import org.jspecify.annotations.NullMarked;
