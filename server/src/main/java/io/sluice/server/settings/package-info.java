/// What an operator can set: one table, read from four places.
///
/// ```text
///   command line  >  environment  >  file  >  default
///   --kafka-port     SLUICE_KAFKA_PORT  kafka-port:
/// ```
///
/// [SettingsTable] is the only place to add a setting: its option, variable, key, check and
/// documentation all follow from its row.
@NullMarked
package io.sluice.server.settings;

import org.jspecify.annotations.NullMarked;
