/// The Kafka dialect: translates Kafka's protocol to the broker's port and never decides.
///
/// Every `org.apache.kafka` import of the product is inside this module.
@NullMarked
package io.sluice.dialect.kafka;

import org.jspecify.annotations.NullMarked;
