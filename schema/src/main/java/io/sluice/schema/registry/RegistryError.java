package io.sluice.schema.registry;

import java.util.List;

/// Why the registry refuses something. The codes are those that serializers know.
public sealed interface RegistryError {
    /// What is wrong, in one sentence.
    String message();

    /// The first three digits are HTTP's status.
    default int code() {
        return switch (this) {
            case UnknownSubject _ -> 40401;
            case UnknownVersion _ -> 40402;
            case UnknownSchema _ -> 40403;
            case SubjectNotDeleted _ -> 40405;
            case VersionNotDeleted _ -> 40407;
            case NoLevel _ -> 40408;
            case Incompatible _ -> 409;
            case InvalidSchema _ -> 42201;
            case InvalidVersion _ -> 42202;
            case InvalidLevel _ -> 42203;
            case InvalidMode _ -> 42204;
            case ReferredTo _ -> 42206;
            case InvalidSubject _ -> 42208;
            case Unavailable _ -> 50001;
        };
    }

    record UnknownSubject(String name) implements RegistryError {
        @Override
        public String message() {
            return "Subject '" + name + "' not found.";
        }
    }

    record UnknownVersion(String version) implements RegistryError {
        @Override
        public String message() {
            return "Version " + version + " not found.";
        }
    }

    record UnknownSchema() implements RegistryError {
        @Override
        public String message() {
            return "Schema not found";
        }
    }

    /// It must be deleted before it is forgotten.
    record SubjectNotDeleted(String name) implements RegistryError {
        @Override
        public String message() {
            return "Subject '" + name + "' was not deleted first before being permanently deleted";
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
    }

    /// Nobody has set a level for the subject itself.
    record NoLevel(String subject) implements RegistryError {
        @Override
        public String message() {
            return "Subject '" + subject + "' does not have subject-level compatibility configured";
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
    }

    record InvalidSchema(String message) implements RegistryError {}

    record InvalidVersion(String version) implements RegistryError {
        @Override
        public String message() {
            return "The specified version '"
                    + version
                    + "' is not a valid version id. Allowed values are between [1, 2^31-1] and the string \"latest\"";
        }
    }

    record InvalidLevel(String level) implements RegistryError {
        @Override
        public String message() {
            return "Invalid compatibility level '"
                    + level
                    + "'. Valid values are none, backward, forward, full, backward_transitive, forward_transitive, and full_transitive";
        }
    }

    record InvalidMode(String mode) implements RegistryError {
        @Override
        public String message() {
            return "The mode '" + mode + "' is not supported here, only READWRITE is";
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
    }

    record InvalidSubject(String message) implements RegistryError {}

    /// The registry is full, or the broker could not keep it.
    record Unavailable(String message) implements RegistryError {}
}
