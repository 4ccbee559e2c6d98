/// Messages as records and records as messages: what stands in `docs/mapping.md`, as code.
@NullMarked
package io.sluice.dialect.amqp.mapping;

import org.jspecify.annotations.NullMarked;
