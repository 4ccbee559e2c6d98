package io.sluice.admin.registry;

import io.sluice.schema.registry.Registry;
import io.sluice.schema.registry.Registry.Registered;
import io.sluice.schema.registry.RegistryError;
import io.sluice.schema.registry.RegistryView;
import io.sluice.schema.registry.Subject;
import io.sluice.schema.registry.Subject.Version;
import java.util.Optional;

/// Finds what a path names, or refuses.
final class Finding {
    private static final String LATEST = "latest";

    private Finding() {}

    static Subject subject(RegistryView view, String name, boolean deletedToo) {
        var subject = view.subject(name);
        if (deletedToo ? subject.versions().isEmpty() : subject.live().isEmpty()) {
            throw Errors.refused(new RegistryError.UnknownSubject(name));
        }
        return subject;
    }

    /// @param version a number, or the latest
    static Version version(RegistryView view, String name, String version, boolean deletedToo) {
        int number = number(version);
        var subject = subject(view, name, deletedToo);
        var found =
                number > 0
                        ? subject.version(number).filter(one -> deletedToo || !one.isDeleted())
                        : subject.latest().or(() -> Optional.of(subject.versions().getLast()));
        return found.orElseThrow(() -> Errors.refused(new RegistryError.UnknownVersion(version)));
    }

    static Registered registered(
            Registry registry, String name, String version, boolean deletedToo) {
        var view = registry.view();
        var found = version(view, name, version, deletedToo);
        var schema =
                view.schema(found.schema())
                        .orElseThrow(() -> Errors.refused(new RegistryError.UnknownSchema()));
        return new Registered(name, found, schema);
    }

    /// @return 0 for the latest
    private static int number(String version) {
        if (version.equals(LATEST) || version.equals("-1")) {
            return 0;
        }
        try {
            int number = Integer.parseInt(version);
            if (number > 0) {
                return number;
            }
        } catch (NumberFormatException _) {
            // Refused as other wrong ones are.
        }
        throw Errors.refused(new RegistryError.InvalidVersion(version));
    }
}
