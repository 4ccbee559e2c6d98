/// One AMQP connection as a state machine: takes bytes and events, gives bytes and commands to the broker. No socket, no thread.
///
/// ```text
///   bytes ──▶ FrameStream ──▶ AmqpSession ─┬▶ ConnectionMethods      channel 0
///                                          └▶ AmqpChannel ─┬▶ one file per method family
///                                                          └▶ ContentAssembly ──▶ BasicPublish
///
///   replies, deliveries (any thread) ──▶ Inbox ──▶ AmqpSession, on its loop
///
///   at the end of a read or of an inbox's turn: open batches ──▶ Broker.append
///                                               settlements  ──▶ Queues.settle
///                                               what was written ──▶ socket
/// ```
///
/// All but [io.sluice.dialect.amqp.session.Inbox] and what is named as shared belongs to the connection's loop.
@NullMarked
package io.sluice.dialect.amqp.session;

import org.jspecify.annotations.NullMarked;
