package io.sluice.schema.registry;

import java.util.List;

/// Why the registry refuses something. The codes are those that serializers know.
public sealed interface RegistryError {
    /// What is wrong, in one sentence.
    String message();

    /// The first three digits are HTTP's status.
    int code();

    record UnknownSubject(String name) implements RegistryError {
        @Override
        public String message() {
            return "Subject '" + name + "' not found.";
        }

        @Override
        public int code() {
            return 40401;
        }
    }

    record UnknownVersion(String version) implements RegistryError {
        @Override
        public String message() {
            return "Version " + version + " not found.";
        }

        @Override
        public int code() {
            return 40402;
        }
    }

    record UnknownSchema() implements RegistryError {
        @Override
        public String message() {
            return "Schema not found";
        }

        @Override
        public int code() {
            return 40403;
        }
    }

    /// It must be deleted before it is forgotten.
    record SubjectNotDeleted(String name) implements RegistryError {
        @Override
        public String message() {
            return "Subject '" + name + "' was not deleted first before being permanently deleted";
        }

        @Override
        public int code() {
            return 40405;
        }
    }

    /// It must be deleted before it is forgotten.
    record VersionNotDeleted(String subject, int version) implements RegistryError {
        @Override
        public String message() {
            return "Subject '"
                    + subject
                    + "' Version "
                    + version
                    + " was not deleted first before being permanently deleted";
        }

        @Override
        public int code() {
            return 40407;
        }
    }

    /// Nobody has set a level for the subject itself.
    record NoLevel(String subject) implements RegistryError {
        @Override
        public String message() {
            return "Subject '" + subject + "' does not have subject-level compatibility configured";
        }

        @Override
        public int code() {
            return 40408;
        }
    }

    record Incompatible(String subject, List<String> reasons) implements RegistryError {
        public Incompatible {
            reasons = List.copyOf(reasons);
        }

        @Override
        public String message() {
            return "Schema being registered is incompatible with an earlier schema for subject \""
                    + subject
                    + "\", details: "
                    + reasons;
        }

        @Override
        public int code() {
            return 409;
        }
    }

    record InvalidSchema(String message) implements RegistryError {
        @Override
        public int code() {
            return 42201;
        }
    }

    record InvalidVersion(String version) implements RegistryError {
        @Override
        public String message() {
            return "The specified version '"
                    + version
                    + "' is not a valid version id. Allowed values are between [1, 2^31-1] and the string \"latest\"";
        }

        @Override
        public int code() {
            return 42202;
        }
    }

    record InvalidLevel(String level) implements RegistryError {
        @Override
        public String message() {
            return "Invalid compatibility level '"
                    + level
                    + "'. Valid values are none, backward, forward, full, backward_transitive, forward_transitive, and full_transitive";
        }

        @Override
        public int code() {
            return 42203;
        }
    }

    record InvalidMode(String mode) implements RegistryError {
        @Override
        public String message() {
            return "The mode '" + mode + "' is not supported here, only READWRITE is";
        }

        @Override
        public int code() {
            return 42204;
        }
    }

    /// Other schemas refer to it.
    record ReferredTo(String subject, int version) implements RegistryError {
        @Override
        public String message() {
            return "One or more references exist to the schema {subject="
                    + subject
                    + ",version="
                    + version
                    + "}.";
        }

        @Override
        public int code() {
            return 42206;
        }
    }

    record InvalidSubject(String message) implements RegistryError {
        @Override
        public int code() {
            return 42208;
        }
    }

    /// The registry is full, or the broker could not keep it.
    record Unavailable(String message) implements RegistryError {
        @Override
        public int code() {
            return 50001;
        }
    }
}
