/// Java's older client, which speaks the Query protocol, and JMS on top of it.
@NullMarked
package io.sluice.conformance.sqs.jms;

import org.jspecify.annotations.NullMarked;
