/// What the torture of SQS takes for a broken promise.
@NullMarked
package io.sluice.conformance.torture.sqs;

import org.jspecify.annotations.NullMarked;
