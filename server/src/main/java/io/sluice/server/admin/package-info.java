/// The port for people and their tools: health, metrics and the management API over HTTP.
///
/// ```text
///   socket ──▶ AdminEndpoint (Netty) ──▶ AdminSite ──▶ AdminRoutes: method, path ──▶ Page
///                                            │              │
///                                            │    Health, Metrics ◀── every part of the server
///                                            └──▶ io.sluice.admin: /api/...
/// ```
@NullMarked
package io.sluice.server.admin;

import org.jspecify.annotations.NullMarked;
