package io.sluice.transport.http;

/// One header of a request.
///
/// @param value without line breaks or other control characters: it is refused otherwise
public record HttpField(String name, String value) {}
