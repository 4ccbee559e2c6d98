package io.sluice.dialect.amqp.mapping;

import io.sluice.broker.message.LetterHeaders;
import io.sluice.broker.record.Records;
import io.sluice.dialect.amqp.codec.PropertiesEditor;
import io.sluice.dialect.amqp.codec.Value;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/// Tells a dead letter's receiver in headers what its record tells: why it died, where, and what it had been through.
final class LetterProperties {
    private LetterProperties() {}

    /// The properties with `x-sluice-...` among the headers. All other bytes stay what they were.
    ///
    /// @param properties raw, checked
    static ByteBuffer merged(ByteBuffer properties, Records record) {
        var editor = new PropertiesEditor(properties);
        for (var header : record.headers()) {
            var value = header.value();
            if (value != null && LetterHeaders.isOurs(header.key())) {
                var text = StandardCharsets.UTF_8.decode(value.duplicate()).toString();
                editor.header(header.key(), value(header.key(), text));
            }
        }
        return editor.build();
    }

    private static Value value(String name, String text) {
        return LetterHeaders.isNumber(name) && text.matches("[0-9]{1,18}")
                ? Value.number(Long.parseLong(text))
                : Value.text(text);
    }
}
