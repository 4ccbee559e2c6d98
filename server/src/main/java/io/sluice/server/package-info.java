/// The process: command line, life cycle and the wiring of all parts.
///
/// ```text
///   Main ──▶ ServeCommand ──▶ Server.start ──▶ Wiring: data directory, engine, dialects, admin
///                                 │
///            SIGTERM ──────▶ Server.close ──▶ the same parts, last one first
/// ```
@NullMarked
package io.sluice.server;

import org.jspecify.annotations.NullMarked;
