/// A queue of the broker as SQS sees it: its names, its attributes and what they mean for the broker.
@NullMarked
package io.sluice.dialect.sqs.queue;

import org.jspecify.annotations.NullMarked;
