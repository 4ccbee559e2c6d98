/// The port for people and their tools: health and metrics over HTTP.
///
/// ```text
///   socket ──▶ AdminEndpoint (Netty) ──▶ AdminRoutes: method, path ──▶ Answer
///                                             │
///                                   Health, Metrics ◀── every part of the server
/// ```
@NullMarked
package io.sluice.server.admin;

import org.jspecify.annotations.NullMarked;
