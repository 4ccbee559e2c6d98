package io.sluice.dialect.sqs;

import java.net.InetSocketAddress;
import java.util.Map;

/// How the dialect behaves.
///
/// @param connectionsMax clients at one time
/// @param requestBytesMax the largest body of a request
/// @param signatures what is asked of them
/// @param credentials secret keys and accounts by access key, for [Signatures#VERIFY]
/// @param purgeWaits a queue can be purged once in 60 seconds, as with Amazon
/// @param deleteWaits a deleted queue's name can be taken again after 60 seconds, as with Amazon
public record SqsSettings(
        InetSocketAddress bind,
        int connectionsMax,
        int requestBytesMax,
        Signatures signatures,
        Map<String, Credentials> credentials,
        boolean purgeWaits,
        boolean deleteWaits) {
    public SqsSettings {
        credentials = Map.copyOf(credentials);
    }

    /// What is asked of a request's signature.
    public enum Signatures {
        /// Nothing: it is read for account and region only, and may be missing.
        OFF,
        /// There must be one; it is not verified.
        ACCEPT_ANY,
        /// It must be right.
        VERIFY
    }

    /// Who an access key belongs to.
    public record Credentials(String secretKey, String account) {}
}
