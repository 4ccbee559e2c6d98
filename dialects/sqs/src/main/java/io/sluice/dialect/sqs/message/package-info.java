/// Messages of SQS as records, and back; the handles by which a received message is known.
@NullMarked
package io.sluice.dialect.sqs.message;

import org.jspecify.annotations.NullMarked;
