package io.sluice.server.settings;

/// The text that one place gave for a setting.
///
/// @param origin the place, as the operator knows it: `--kafka-port`, `SLUICE_KAFKA_PORT`, or file
///     and key
record Given(String text, String origin) {}
