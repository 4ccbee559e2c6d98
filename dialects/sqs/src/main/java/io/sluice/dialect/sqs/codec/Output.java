package io.sluice.dialect.sqs.codec;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;

/// Writes an answer's members, whichever protocol it is for. Lists and maps that are empty are not written at all.
sealed interface Output permits JsonOutput, XmlOutput {
    void text(String name, String value);

    /// Of UTF-8, from position to limit.
    void text(String name, ByteBuffer utf8);

    void number(String name, long value);

    void bool(String name, boolean value);

    /// As Base64.
    void bytes(String name, ByteBuffer value);

    void texts(Member list, List<String> values);

    <T> void structures(Member list, List<T> values, BiConsumer<Output, T> each);

    void map(Member map, Map<String, String> values);

    <T> void structureMap(Member map, Map<String, T> values, BiConsumer<Output, T> each);
}
