/// Kafka's settings: names, types, defaults and rules as Kafka's own definitions have them, and what of them was set.
///
/// ```text
///   Topic.config ──▶ TopicConfigs ──▶ LogConfig           what produce and fetch obey
///                         │
///                         ├─────────▶ Setting, ...        what a client is shown
///   wanted config ────────┴─────────▶ a refusal, or none  what a client may set
/// ```
@NullMarked
package io.sluice.dialect.kafka.config;

import org.jspecify.annotations.NullMarked;
