package io.sluice.broker.security;

import io.sluice.broker.Catalog;
import io.sluice.broker.CatalogChange;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The users in a catalog: settings of kind [#KIND], one name each.
///
/// While none is stored there is `guest` with the password `guest`. A `guest`, stored or not, must come from this machine, as in RabbitMQ.
public final class Users {
    /// The kind of settings that users are kept as.
    public static final String KIND = "user";

    /// See [PasswordHash]; empty: nobody comes in with a password.
    public static final String PASSWORD_HASH = "password_hash";

    public static final String HASHING_ALGORITHM = "hashing_algorithm";

    /// Words with commas between them.
    public static final String TAGS = "tags";

    private static final User GUEST = new User("guest", List.of("administrator"));

    private Users() {}

    /// What came of somebody's wish to come in.
    public sealed interface Verdict {
        record Welcome(User user) implements Verdict {}

        /// @param reason for the log, not for the client
        record Refused(String reason) implements Verdict {}
    }

    /// @param loopback whether the peer is on this machine
    public static Verdict authenticate(
            Catalog catalog, String name, byte[] password, boolean loopback) {
        if (name.equals(GUEST.name()) && !loopback) {
            return new Verdict.Refused("user 'guest' can only connect via localhost");
        }
        if (isDefault(catalog, name)) {
            if (!Arrays.equals(password, GUEST.name().getBytes(StandardCharsets.UTF_8))) {
                return new Verdict.Refused("user 'guest' - invalid credentials");
            }
            return new Verdict.Welcome(GUEST);
        }
        var stored = catalog.settings(KIND, name);
        var hash = stored.getOrDefault(PASSWORD_HASH, "");
        var algorithm = stored.getOrDefault(HASHING_ALGORITHM, PasswordHash.SHA_256);
        return !hash.isEmpty() && PasswordHash.matches(hash, algorithm, password)
                ? new Verdict.Welcome(user(name, stored))
                : new Verdict.Refused("user '" + name + "' - invalid credentials");
    }

    /// The user of that name.
    public static Optional<User> find(Catalog catalog, String name) {
        if (isDefault(catalog, name)) {
            return Optional.of(GUEST);
        }
        var stored = catalog.settings(KIND, name);
        return stored.isEmpty() ? Optional.empty() : Optional.of(user(name, stored));
    }

    /// All users, by name.
    public static List<User> all(Catalog catalog) {
        var names = catalog.configured(KIND);
        return names.isEmpty()
                ? List.of(GUEST)
                : names.stream().map(name -> user(name, catalog.settings(KIND, name))).toList();
    }

    /// The change that stores a user.
    ///
    /// @param passwordHash empty: nobody comes in with a password
    public static CatalogChange store(User user, String passwordHash, String algorithm) {
        var settings = new HashMap<String, String>();
        settings.put(PASSWORD_HASH, passwordHash);
        settings.put(HASHING_ALGORITHM, algorithm);
        settings.put(TAGS, String.join(",", user.tags()));
        return new CatalogChange.Configure(KIND, user.name(), settings);
    }

    /// The change that forgets one.
    public static CatalogChange remove(String name) {
        return new CatalogChange.Configure(KIND, name, Map.of());
    }

    private static boolean isDefault(Catalog catalog, String name) {
        return name.equals(GUEST.name()) && catalog.configured(KIND).isEmpty();
    }

    private static User user(String name, Map<String, String> stored) {
        var tags =
                Arrays.stream(stored.getOrDefault(TAGS, "").split(","))
                        .map(String::strip)
                        .filter(tag -> !tag.isEmpty())
                        .toList();
        return new User(name, tags);
    }
}
