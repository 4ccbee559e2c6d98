/// What SQS clients ask for and what they are told, as values: operations, results, errors, and the rules that need no queue to be
/// decided. Nothing here knows how a value looks on the wire.
@NullMarked
package io.sluice.dialect.sqs.protocol;

import org.jspecify.annotations.NullMarked;
