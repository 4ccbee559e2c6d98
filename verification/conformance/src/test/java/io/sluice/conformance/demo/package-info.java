/// The story of the flash sale, short, as a test.
@NullMarked
package io.sluice.conformance.demo;

import org.jspecify.annotations.NullMarked;
