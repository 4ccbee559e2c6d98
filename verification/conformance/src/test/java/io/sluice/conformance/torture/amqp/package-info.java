/// The measuring tools of the torture's AMQP clients.
@NullMarked
package io.sluice.conformance.torture.amqp;

import org.jspecify.annotations.NullMarked;
