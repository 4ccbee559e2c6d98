package io.sluice.admin.management;

import io.sluice.broker.Catalog;
import io.sluice.broker.CatalogChange;
import io.sluice.broker.queue.Queue;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// What users may do in a virtual host, as the catalog keeps it: settings of kind [#KIND] under `user NUL vhost`.
///
/// While no user is stored the default one may do everything in the default virtual host.
final class Permissions {
    static final String KIND = "permission";

    private static final String ALL = ".*";

    private Permissions() {}

    /// @param configure,write,read regular expressions for names
    record Permission(String user, String vhost, String configure, String write, String read) {}

    static List<Permission> all(Catalog catalog) {
        var all = new ArrayList<Permission>();
        DefaultUser.of(catalog).ifPresent(user -> all.add(everything(user.name())));
        for (var key : catalog.configured(KIND)) {
            var stored = read(catalog, key);
            all.removeIf(known -> key(known.user(), known.vhost()).equals(key));
            all.add(stored);
        }
        all.sort(Comparator.comparing(Permission::vhost).thenComparing(Permission::user));
        return all;
    }

    static Optional<Permission> find(Catalog catalog, String user, String vhost) {
        return all(catalog).stream()
                .filter(known -> known.user().equals(user) && known.vhost().equals(vhost))
                .findFirst();
    }

    static CatalogChange store(Permission permission) {
        return new CatalogChange.Configure(
                KIND,
                key(permission.user(), permission.vhost()),
                Map.of(
                        "configure",
                        permission.configure(),
                        "write",
                        permission.write(),
                        "read",
                        permission.read()));
    }

    /// Everything in that virtual host.
    static CatalogChange storeAll(String user, String vhost) {
        return store(new Permission(user, vhost, ALL, ALL, ALL));
    }

    static CatalogChange remove(String user, String vhost) {
        return new CatalogChange.Configure(KIND, key(user, vhost), Map.of());
    }

    private static Permission everything(String user) {
        return new Permission(user, Queue.DEFAULT_NAMESPACE, ALL, ALL, ALL);
    }

    private static Permission read(Catalog catalog, String key) {
        var stored = catalog.settings(KIND, key);
        int middle = key.indexOf('\u0000');
        return new Permission(
                key.substring(0, middle),
                key.substring(middle + 1),
                stored.getOrDefault("configure", ""),
                stored.getOrDefault("write", ""),
                stored.getOrDefault("read", ""));
    }

    private static String key(String user, String vhost) {
        return user + '\u0000' + vhost;
    }
}
