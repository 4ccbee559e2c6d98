/// Sockets: the only module that reads from or writes to a connection.
///
/// ```text
///             ┌──────────────── event loop (one thread, many connections) ───────────────┐
///   socket ──▶│ FrameReader ──▶ Frame ──▶ Session.received(frame, exchange)              │──▶ broker
///             │     ▲                                                                    │
///             │     │ paused: no memory left, too many requests open, answers not read   │
///             │     │                                                                    │
///   socket ◀──│ answers in request order ◀── Exchange.answer(..)                         │◀── any thread
///             └───────────────▲──────────────────────────────────────────────────────────┘
///                             └── ColdReader, for bytes that the disk may have to be asked for
/// ```
///
/// That is for protocols of length-prefixed requests and answers ([Protocol]). Where only the dialect can cut the bytes ([StreamProtocol]), it is handed
/// them as they come and writes when it wants to:
///
/// ```text
///   socket ──▶ StreamSession.received(bytes).. readComplete()
///   socket ◀── StreamConnection.write(..).. flush()
/// ```
///
/// HTTP is requests and answers again, cut by Netty's decoder ([io.sluice.transport.http.HttpService]).
///
/// What a connection may hold is bounded at every step: a frame's size is taken from the process's [MemoryBudget] before
/// anything is allocated for it, the number of open requests is limited, and a peer that does not read its answers is not
/// read. An idle connection holds no buffer at all.
@NullMarked
package io.sluice.transport;

import org.jspecify.annotations.NullMarked;
