/// The APIs by which clients see and change what exists: topics, settings, the cluster. One file per API.
///
/// ```text
///   request ──▶ ...Handler ──▶ rules (TopicRules, config.*) ──▶ Broker.change ──▶ Responder
///                   │                    │ refused                                   ▲
///                   │                    └─────────── ApiError ──────────────────────┤
///                   └── what only reads answers from the catalog's snapshot ─────────┘
/// ```
///
/// There is one broker: it leads every partition, is its only replica, and is the quorum's only voter.
@NullMarked
package io.sluice.dialect.kafka.admin;

import org.jspecify.annotations.NullMarked;
