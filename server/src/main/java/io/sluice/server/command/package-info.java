/// What a person does from a shell: commands that ask the admin port of a running broker.
///
/// ```text
///   arguments ──▶ Command ──▶ Action ──▶ Api ──▶ broker
///                               │          │
///                               ▼          ▼
///                    Table, Facts ◀──── Answer        or its text unchanged, with --json
/// ```
///
/// Nothing here touches the broker's own classes: a command starts, asks, prints and is gone.
@NullMarked
package io.sluice.server.command;

import org.jspecify.annotations.NullMarked;
