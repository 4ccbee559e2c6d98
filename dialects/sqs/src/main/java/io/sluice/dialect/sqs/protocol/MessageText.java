package io.sluice.dialect.sqs.protocol;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/// Which characters a message may have: those of XML 1.0.
public final class MessageText {
    private MessageText() {}

    public static boolean isLegal(CharSequence text) {
        for (int i = 0; i < text.length(); i++) {
            var unit = text.charAt(i);
            if (unit < 0x20) {
                if (unit != '\t' && unit != '\n' && unit != '\r') {
                    return false;
                }
            } else if (unit >= Character.MIN_SURROGATE) {
                if (Character.isHighSurrogate(unit)
                        && i + 1 < text.length()
                        && Character.isLowSurrogate(text.charAt(i + 1))) {
                    i++;
                } else if (Character.isSurrogate(unit) || unit > 0xFFFD) {
                    return false;
                }
            }
        }
        return true;
    }

    /// Whether the bytes, from position to limit, are UTF-8 and legal. Of messages that came by another way than SQS nobody knows.
    public static boolean isLegal(ByteBuffer bytes) {
        try {
            return isLegal(StandardCharsets.UTF_8.newDecoder().decode(bytes.duplicate()));
        } catch (CharacterCodingException e) {
            return false;
        }
    }
}
