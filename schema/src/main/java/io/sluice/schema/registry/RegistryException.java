package io.sluice.schema.registry;

/// Ends a request to the registry with a refusal.
public final class RegistryException extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final transient RegistryError error;

    public RegistryException(RegistryError error) {
        super(error.message(), null, false, false);
        this.error = error;
    }

    public RegistryError error() {
        return error;
    }
}
