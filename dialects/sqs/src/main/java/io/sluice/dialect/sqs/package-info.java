/// Amazon SQS clients' way in: its JSON and its Query protocol, translated to the broker's port.
@NullMarked
package io.sluice.dialect.sqs;

import org.jspecify.annotations.NullMarked;
