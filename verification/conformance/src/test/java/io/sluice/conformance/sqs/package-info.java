/// Amazon SQS as its clients see it: the AWS SDK for Java, and raw HTTP where the wire matters.
///
/// What is expected here is what the real service does. Where ElasticMQ, against which these tests can run, does something else,
/// the test says so.
@NullMarked
package io.sluice.conformance.sqs;

import org.jspecify.annotations.NullMarked;
