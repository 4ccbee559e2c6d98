/// Queues that deliver by HTTP: to servers of the JDK's, which stand for anybody's.
@NullMarked
package io.sluice.conformance.push;

import org.jspecify.annotations.NullMarked;
