package io.sluice.dialect.sqs.signature;

import java.nio.charset.StandardCharsets;

/// What signs on one day in one region: made of the secret key, and worth keeping as long as the day lasts.
public final class SigningKey {
    private final byte[] key;

    private SigningKey(byte[] key) {
        this.key = key;
    }

    public static SigningKey of(String secret, Scope scope) {
        var start = ("AWS4" + secret).getBytes(StandardCharsets.UTF_8);
        var ofDay = Hashes.hmac(start, scope.date());
        var ofRegion = Hashes.hmac(ofDay, scope.region());
        var ofService = Hashes.hmac(ofRegion, scope.service());
        return new SigningKey(Hashes.hmac(ofService, scope.terminator()));
    }

    byte[] sign(String text) {
        return Hashes.hmac(key, text);
    }
}
