package io.sluice.admin.management;

import io.sluice.broker.Catalog;
import io.sluice.broker.security.PasswordHash;
import io.sluice.broker.security.User;
import io.sluice.broker.security.Users;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/// The user that is there as long as nobody has stored one. Its password is its name.
final class DefaultUser {
    private DefaultUser() {}

    /// The default user, if it is the one that counts.
    static Optional<User> of(Catalog catalog) {
        return catalog.configured(Users.KIND).isEmpty()
                ? Users.all(catalog).stream().findFirst()
                : Optional.empty();
    }

    /// A hash of the default user's password, always the same one here.
    static String passwordHash(Catalog catalog, User user) {
        var salt =
                ByteBuffer.allocate(PasswordHash.SALT_BYTES)
                        .putInt((int) catalog.clusterId().getLeastSignificantBits())
                        .array();
        return PasswordHash.of(user.name().getBytes(StandardCharsets.UTF_8), salt);
    }
}
