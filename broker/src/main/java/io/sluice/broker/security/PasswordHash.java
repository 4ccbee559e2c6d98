package io.sluice.broker.security;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;

/// Salted hashes of passwords, in the form in which RabbitMQ exports and imports them.
///
/// ```text
///   base64 of  ┌──────────┬────────────────────────┐
///              │ salt, 4  │ SHA-256(salt, password)│
///              └──────────┴────────────────────────┘
/// ```
public final class PasswordHash {
    /// As RabbitMQ names its default.
    public static final String SHA_256 = "rabbit_password_hashing_sha256";

    public static final String SHA_512 = "rabbit_password_hashing_sha512";

    /// How much salt there is.
    public static final int SALT_BYTES = 4;

    private PasswordHash() {}

    /// The hash of a password by SHA-256.
    ///
    /// @param salt [#SALT_BYTES] random ones
    public static String of(byte[] password, byte[] salt) {
        return Base64.getEncoder().encodeToString(salted("SHA-256", salt, password));
    }

    /// Whether it is the password that the hash was made of. False for a hash that is none.
    ///
    /// @param algorithm [#SHA_256] or [#SHA_512]
    public static boolean matches(String hash, String algorithm, byte[] password) {
        byte[] stored;
        try {
            stored = Base64.getDecoder().decode(hash);
        } catch (IllegalArgumentException notBase64) {
            return false;
        }
        if (stored.length <= SALT_BYTES) {
            return false;
        }
        var salt = new byte[SALT_BYTES];
        System.arraycopy(stored, 0, salt, 0, SALT_BYTES);
        var name = algorithm.equals(SHA_512) ? "SHA-512" : "SHA-256";
        return MessageDigest.isEqual(stored, salted(name, salt, password));
    }

    private static byte[] salted(String algorithm, byte[] salt, byte[] password) {
        try {
            var digest = MessageDigest.getInstance(algorithm);
            digest.update(salt);
            var hash = digest.digest(password);
            var all = new byte[salt.length + hash.length];
            System.arraycopy(salt, 0, all, 0, salt.length);
            System.arraycopy(hash, 0, all, salt.length, hash.length);
            return all;
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError("every JDK has " + algorithm, e);
        }
    }
}
