/// What can be seen of the delivery of messages by HTTP.
@NullMarked
package io.sluice.broker.push;

import org.jspecify.annotations.NullMarked;
