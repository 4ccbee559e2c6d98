package io.sluice.transport.http;

import java.net.InetAddress;

/// Which addresses may be connected to. Asked for every connection, about the very address that is connected to.
@FunctionalInterface
public interface AddressRule {
    /// @param host the name that has this address; or the address itself, as it was written
    boolean allows(String host, InetAddress address);
}
