package io.sluice.admin.management;

import io.sluice.broker.Catalog;
import io.sluice.broker.security.User;
import io.sluice.broker.security.Users;
import java.util.Optional;

/// The user that is there as long as nobody has stored one.
final class DefaultUser {
    private DefaultUser() {}

    /// The default user, if it is the one that counts.
    static Optional<User> of(Catalog catalog) {
        return catalog.configured(Users.KIND).isEmpty()
                ? Users.all(catalog).stream().findFirst()
                : Optional.empty();
    }
}
