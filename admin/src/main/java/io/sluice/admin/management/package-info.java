/// RabbitMQ's management API: its paths, its JSON, its words, over the broker's port.
///
/// ```text
///   Management ──▶ who asks? ──▶ RoutingTable ──▶ QueuesApi, ExchangesApi, ...    one file per resource
///                                                     │            │
///                               changes: QueueDeclaration, ...   reads: Statuses ──▶ QueueJson, ...
///                                                     └──────┬─────┘
///                                                          Asks ──▶ the broker; its replies come back on the loop
/// ```
@NullMarked
package io.sluice.admin.management;

import org.jspecify.annotations.NullMarked;
