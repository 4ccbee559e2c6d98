/// The arrows of docs/ARCHITECTURE.md, checked on the compiled classes of all modules.
@NullMarked
package io.sluice.conformance.architecture;

import org.jspecify.annotations.NullMarked;
