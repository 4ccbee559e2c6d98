/// What the conformance tests share: a running broker, clients that end with their test, members of groups.
@NullMarked
package io.sluice.conformance.support;

import org.jspecify.annotations.NullMarked;
