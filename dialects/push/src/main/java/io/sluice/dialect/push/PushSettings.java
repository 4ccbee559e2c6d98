package io.sluice.dialect.push;

/// What a server says about pushing.
///
/// @param guard where it may push to
/// @param version of this broker, for endpoints to see
public record PushSettings(TargetGuard guard, String version) {}
