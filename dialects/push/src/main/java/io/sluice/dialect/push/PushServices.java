package io.sluice.dialect.push;

import io.sluice.base.Clock;
import io.sluice.broker.queue.Queues;
import io.sluice.transport.HttpClient;
import io.sluice.transport.Loop;

/// What endpoints work with.
///
/// @param agent what calls, for the header `User-Agent`
record PushServices(Queues queues, Loop loop, HttpClient http, Clock clock, String agent) {}
