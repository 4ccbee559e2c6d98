/// Kafka's admin client, call by call, with the mistakes that users make.
@NullMarked
package io.sluice.conformance.admin;

import org.jspecify.annotations.NullMarked;
