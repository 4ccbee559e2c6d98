/// JSON texts as values.
@NullMarked
package io.sluice.dialect.sqs.json;

import org.jspecify.annotations.NullMarked;
