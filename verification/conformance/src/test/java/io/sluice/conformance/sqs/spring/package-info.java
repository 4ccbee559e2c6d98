/// Spring Cloud AWS: the template and the listener container of a Spring application.
@NullMarked
package io.sluice.conformance.sqs.spring;

import org.jspecify.annotations.NullMarked;
