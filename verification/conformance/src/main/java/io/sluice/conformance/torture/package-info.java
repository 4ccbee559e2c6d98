/// `kill -9`, again and again, under the load of real clients, each time checked against what the clients were told.
///
/// ```text
///   load ──▶ kill -9 ──▶ start ──▶ every Load compares what is there with what it was told
///    ▲                                            │
///    └────────────────────────────────────────────┘
/// ```
@NullMarked
package io.sluice.conformance.torture;

import org.jspecify.annotations.NullMarked;
