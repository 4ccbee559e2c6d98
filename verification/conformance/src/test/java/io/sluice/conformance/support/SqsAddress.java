package io.sluice.conformance.support;

import io.sluice.conformance.process.Ports;
import io.sluice.conformance.process.Sluice;
import io.sluice.conformance.process.Software;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.util.UUID;
import org.opentest4j.TestAbortedException;

/// Where the SQS service under test listens.
public record SqsAddress(String host, int port) {
    /// @param text `host:port`
    static SqsAddress parse(String text) {
        var colon = text.lastIndexOf(':');
        return new SqsAddress(
                text.substring(0, colon), Integer.parseInt(text.substring(colon + 1)));
    }

    /// The one of a running broker. Skips the test where the broker is another than Sluice, which serves none.
    static SqsAddress served(Ports ports) {
        try (var _ = new Socket(InetAddress.ofLiteral("127.0.0.1"), ports.sqs())) {
            return new SqsAddress("127.0.0.1", ports.sqs());
        } catch (IOException refused) {
            if (Software.underTest() instanceof Sluice) {
                throw new AssertionError("SQS is not served", refused);
            }
            throw new TestAbortedException("this broker does not serve SQS", refused);
        }
    }

    public URI endpoint() {
        return URI.create("http://" + host + ":" + port);
    }

    /// A name that no other test has.
    public String name(String hint) {
        return hint + "-" + UUID.randomUUID();
    }
}
