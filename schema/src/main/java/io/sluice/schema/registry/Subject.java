package io.sluice.schema.registry;

import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// What is registered under one name. Immutable.
///
/// @param versions in their order, those that are deleted but not forgotten among them
public record Subject(String name, List<Version> versions) {
    /// The kind of settings that they are kept as, by their name.
    static final String KIND = "schema-subject";

    private static final String VERSION = "version.";
    private static final String DELETED = ".deleted";

    public Subject {
        versions = List.copyOf(versions);
    }

    /// @param number 1 or more; not given again while the subject exists
    /// @param schema its number
    /// @param isDeleted no longer listed, but can be looked up by who asks for deleted ones
    public record Version(int number, int schema, boolean isDeleted) {
        Version deleted() {
            return new Version(number, schema, true);
        }
    }

    static Subject of(String name, Map<String, String> settings) {
        var versions = new TreeMap<Integer, Version>();
        settings.forEach(
                (key, value) -> {
                    if (key.startsWith(VERSION) && !key.endsWith(DELETED)) {
                        int number = Integer.parseInt(key.substring(VERSION.length()));
                        boolean isDeleted = settings.containsKey(key + DELETED);
                        versions.put(
                                number, new Version(number, Integer.parseInt(value), isDeleted));
                    }
                });
        return new Subject(name, List.copyOf(versions.values()));
    }

    Map<String, String> settings() {
        var settings = new HashMap<String, String>();
        for (var version : versions) {
            settings.put(VERSION + version.number(), Integer.toString(version.schema()));
            if (version.isDeleted()) {
                settings.put(VERSION + version.number() + DELETED, "true");
            }
        }
        return settings;
    }

    /// Those that are not deleted.
    public List<Version> live() {
        return versions.stream().filter(version -> !version.isDeleted()).toList();
    }

    public Optional<Version> latest() {
        return versions.reversed().stream().filter(version -> !version.isDeleted()).findFirst();
    }

    public Optional<Version> version(int number) {
        return versions.stream().filter(version -> version.number() == number).findFirst();
    }

    /// Whether a schema is one of its versions, and not deleted.
    public boolean has(int schema) {
        for (var version : versions) {
            if (version.schema() == schema && !version.isDeleted()) {
                return true;
            }
        }
        return false;
    }

    int nextNumber() {
        return versions.isEmpty() ? 1 : versions.getLast().number() + 1;
    }

    /// With one more version, or with another one in the place of that number.
    Subject with(Version version) {
        var others = new TreeMap<Integer, Version>(Comparator.naturalOrder());
        versions.forEach(one -> others.put(one.number(), one));
        others.put(version.number(), version);
        return new Subject(name, List.copyOf(others.values()));
    }

    Subject without(int number) {
        return new Subject(
                name, versions.stream().filter(version -> version.number() != number).toList());
    }
}
