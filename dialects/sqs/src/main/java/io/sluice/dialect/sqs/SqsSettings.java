package io.sluice.dialect.sqs;

import java.net.InetSocketAddress;

/// How the dialect behaves.
///
/// @param connectionsMax clients at one time
/// @param signatures what is asked of them
/// @param purgeWaits a queue can be purged once in 60 seconds, as with Amazon
/// @param deleteWaits a deleted queue's name can be taken again after 60 seconds, as with Amazon
public record SqsSettings(
        InetSocketAddress bind,
        int connectionsMax,
        Signatures signatures,
        boolean purgeWaits,
        boolean deleteWaits) {
    /// What is asked of a request's signature.
    public enum Signatures {
        /// Nothing: it is read for account and region only, and may be missing.
        OFF,
        /// There must be one; it is not verified.
        ACCEPT_ANY,
        /// It must be right, and of an access key that the catalog knows.
        VERIFY
    }
}
