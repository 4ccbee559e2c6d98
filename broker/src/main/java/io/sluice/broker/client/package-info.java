/// Who is connected, for those who look after the broker.
@NullMarked
package io.sluice.broker.client;

import org.jspecify.annotations.NullMarked;
