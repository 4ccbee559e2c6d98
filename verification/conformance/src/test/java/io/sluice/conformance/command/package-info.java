/// `sluice queue`, `dlq` and the other commands, typed as a person does, against a running broker.
@NullMarked
package io.sluice.conformance.command;

import org.jspecify.annotations.NullMarked;
