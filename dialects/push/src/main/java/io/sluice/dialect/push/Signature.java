package io.sluice.dialect.push;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.util.Base64;
import java.util.List;
import java.util.stream.Collectors;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/// Shows an endpoint that a request comes from whom it shares a secret with, and when it was made: the way of Standard Webhooks.
final class Signature {
    /// Behind it the key's bytes stand in base64.
    private static final String ENCODED_PREFIX = "whsec_";

    private static final String ALGORITHM = "HmacSHA256";

    private Signature() {}

    /// What signs `id.seconds.body`: one signature for each secret, with blanks between.
    static String of(List<String> secrets, String id, long seconds, ByteBuffer body) {
        return secrets.stream()
                .map(secret -> "v1," + one(key(secret), id, seconds, body))
                .collect(Collectors.joining(" "));
    }

    private static String one(byte[] key, String id, long seconds, ByteBuffer body) {
        try {
            var mac = Mac.getInstance(ALGORITHM);
            mac.init(new SecretKeySpec(key, ALGORITHM));
            mac.update((id + "." + seconds + ".").getBytes(UTF_8));
            mac.update(body.duplicate());
            return Base64.getEncoder().encodeToString(mac.doFinal());
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException("every Java has " + ALGORITHM, impossible);
        }
    }

    private static byte[] key(String secret) {
        if (secret.startsWith(ENCODED_PREFIX)) {
            try {
                var key = Base64.getDecoder().decode(secret.substring(ENCODED_PREFIX.length()));
                return key.length == 0 ? secret.getBytes(UTF_8) : key;
            } catch (IllegalArgumentException notEncoded) {
                return secret.getBytes(UTF_8);
            }
        }
        return secret.getBytes(UTF_8);
    }
}
