/// The admin port's API: what people and their tools ask of a broker beside sending messages.
///
/// ```text
///   server.admin (HTTP) ──▶ http: Request ──▶ management: one file per resource ──▶ broker's port
///                                Answer  ◀──   RabbitMQ's words and JSON       ◀──  replies
/// ```
///
/// Everything here is owned by one loop, the admin port's: requests begin on it, and the broker's replies, which come on other threads,
/// go on it again. So nothing here takes a lock, and no shard's thread ever writes JSON.
@NullMarked
package io.sluice.admin;

import org.jspecify.annotations.NullMarked;
