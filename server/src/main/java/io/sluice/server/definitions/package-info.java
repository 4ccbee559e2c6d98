/// What shall be there: a YAML file of topics, queues, policies and schemas that is made true at every start.
///
/// ```text
///   file ──▶ DefinitionsFile ──▶ Definition, Definition, ... ──▶ Definitions ──▶ broker
///            (YAML, lines)       (kind, name, wish, line)        (as the admin API would)
/// ```
@NullMarked
package io.sluice.server.definitions;

import org.jspecify.annotations.NullMarked;
