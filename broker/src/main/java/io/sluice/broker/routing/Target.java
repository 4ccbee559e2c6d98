package io.sluice.broker.routing;

import io.sluice.broker.queue.Queue;
import org.jspecify.annotations.Nullable;

/// Where a binding leads.
///
/// @param queue null when it is an exchange, which is looked up by its name as it changes with every binding
record Target(Binding binding, @Nullable Queue queue) {}
