package io.sluice.dialect.push;

import io.sluice.transport.http.AddressRule;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/// Keeps pushes out of this machine and the networks around it: whoever may set a queue's policy could otherwise have the broker call what only the broker can
/// reach. It is asked for every connection, after the name was looked up, so a name that changes its address gains nothing.
///
/// @param hosts lower case: whatever their addresses are, they are allowed
public record TargetGuard(List<NetworkRange> networks, Set<String> hosts) implements AddressRule {
    private static final Pattern HOST =
            Pattern.compile("[A-Za-z0-9_]([A-Za-z0-9_-]*[A-Za-z0-9_])?(\\.[A-Za-z0-9_-]+)*\\.?");

    public TargetGuard {
        networks = List.copyOf(networks);
        hosts = Set.copyOf(hosts);
    }

    /// @param allowed addresses, networks (`10.0.0.0/8`) and host names
    /// @throws IllegalArgumentException for one that is none of them
    public static TargetGuard of(List<String> allowed) {
        var networks = new ArrayList<NetworkRange>();
        var hosts = new HashSet<String>();
        for (var text : allowed) {
            var network = NetworkRange.parse(text);
            if (network.isPresent()) {
                networks.add(network.get());
            } else if (HOST.matcher(text).matches()) {
                hosts.add(text.toLowerCase(Locale.ROOT));
            } else {
                throw new IllegalArgumentException("neither a network nor a host: " + text);
            }
        }
        return new TargetGuard(networks, hosts);
    }

    @Override
    public boolean allows(String host, InetAddress address) {
        return PublicAddresses.contain(address)
                || hosts.contains(host.toLowerCase(Locale.ROOT))
                || networks.stream().anyMatch(network -> network.contains(address));
    }
}
