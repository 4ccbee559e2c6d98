/// SQS clients of other making: boto3 and the AWS CLI (Python), Amazon's client and sqs-consumer (Node).
///
/// What a client in another language does and expects is a script of its own, in that language; each ends with `ok` or says what it missed.
@NullMarked
package io.sluice.conformance.sqs.tools;

import org.jspecify.annotations.NullMarked;
