package io.sluice.dialect.kafka;

import io.sluice.dialect.kafka.wire.BoundedReader;
import io.sluice.transport.Connection;
import io.sluice.transport.Exchange;
import io.sluice.transport.Frame;
import io.sluice.transport.Session;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.apache.kafka.common.Node;
import org.apache.kafka.common.errors.ApiException;
import org.apache.kafka.common.message.ApiVersionsRequestData;
import org.apache.kafka.common.network.ClientInformation;
import org.apache.kafka.common.network.ListenerName;
import org.apache.kafka.common.protocol.ApiKeys;
import org.apache.kafka.common.requests.AbstractRequest;
import org.apache.kafka.common.requests.ApiVersionsRequest;
import org.apache.kafka.common.requests.RequestContext;
import org.apache.kafka.common.requests.RequestHeader;
import org.apache.kafka.common.security.auth.KafkaPrincipal;
import org.apache.kafka.common.security.auth.SecurityProtocol;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// One client's connection: parses its requests and routes them. Owned by the connection's loop.
final class KafkaSession implements Session {
    private static final Logger log = LoggerFactory.getLogger(KafkaSession.class);

    private static final ListenerName LISTENER =
            ListenerName.forSecurityProtocol(SecurityProtocol.PLAINTEXT);

    private final Connection connection;
    private final RoutingTable table;
    private final InetSocketAddress remote;
    private final String id;
    private final Node node;
    private final Set<KafkaExchange> waiting = new HashSet<>();
    private final Map<Class<?>, Request.Attachment> attachments = new HashMap<>(2);
    private ClientInformation client = ClientInformation.EMPTY;
    private boolean draining;

    KafkaSession(Connection connection, RoutingTable table, KafkaSettings settings) {
        this.connection = connection;
        this.table = table;
        this.remote = connection.remote();
        var local = connection.local();
        this.id = address(local) + "-" + address(remote);
        this.node =
                new Node(
                        KafkaSettings.NODE_ID,
                        settings.advertisedHost()
                                .orElseGet(() -> local.getAddress().getHostAddress()),
                        local.getPort());
    }

    private static String address(InetSocketAddress address) {
        return address.getAddress().getHostAddress() + ":" + address.getPort();
    }

    @Override
    public void received(Frame frame, Exchange exchange) {
        var request = parse(frame, exchange);
        if (request == null) {
            // The connection is being closed; the frame still goes back.
            exchange.answer(new Silence());
            return;
        }
        var api = table.find(request.context().header.apiKey().id);
        assert api != null : "what is not offered was not parsed";
        try {
            api.handler().handle(request, request);
        } catch (ApiException refused) {
            request.refuse(refused);
        } catch (RuntimeException bug) {
            log.error("cannot handle {} from {}", request.context().header, id, bug);
            request.refuse(bug);
        }
        if (draining) {
            request.cancel();
        }
    }

    /// The request in the frame; null when there is none that this broker takes, and then the connection ends.
    private @Nullable KafkaExchange parse(Frame frame, Exchange exchange) {
        var bytes = frame.bytes();
        try {
            var header = RequestHeader.parse(bytes);
            var api = table.find(header.apiKey().id);
            var tooNewToKnow =
                    header.apiKey() == ApiKeys.API_VERSIONS && !header.isApiVersionSupported();
            if (!tooNewToKnow && (api == null || !takes(api, header))) {
                hangUp(
                        "%s in version %d, which is not offered"
                                .formatted(header.apiKey(), header.apiVersion()));
                return null;
            }
            var body = tooNewToKnow ? unknownApiVersions(header) : body(header, bytes);
            if (body instanceof ApiVersionsRequest introduction) {
                client = clientOf(introduction);
            }
            return new KafkaExchange(this, exchange, frame, context(header), body);
        } catch (RuntimeException malformed) {
            hangUp("a malformed request: " + rootMessage(malformed));
            return null;
        }
    }

    /// Offered, and known to the codecs: the oldest produce versions are offered only for old librdkafka, which looks for
    /// them and then uses newer ones.
    private static boolean takes(Api api, RequestHeader header) {
        return api.offers(header.apiVersion()) && header.isApiVersionSupported();
    }

    private static AbstractRequest unknownApiVersions(RequestHeader header) {
        return new ApiVersionsRequest(new ApiVersionsRequestData(), (short) 0, header.apiVersion());
    }

    private static AbstractRequest body(RequestHeader header, ByteBuffer bytes) {
        return AbstractRequest.parseRequest(
                        header.apiKey(), header.apiVersion(), new BoundedReader(bytes))
                .request;
    }

    private RequestContext context(RequestHeader header) {
        return new RequestContext(
                header,
                id,
                remote.getAddress(),
                Optional.of(remote.getPort()),
                KafkaPrincipal.ANONYMOUS,
                LISTENER,
                SecurityProtocol.PLAINTEXT,
                client,
                false);
    }

    private static ClientInformation clientOf(ApiVersionsRequest introduction) {
        var data = introduction.data();
        return introduction.isValid() && !data.clientSoftwareName().isEmpty()
                ? new ClientInformation(data.clientSoftwareName(), data.clientSoftwareVersion())
                : ClientInformation.EMPTY;
    }

    private static String rootMessage(Throwable failure) {
        var root = failure;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        return root.toString();
    }

    Node node() {
        return node;
    }

    void hangUp(String reason) {
        connection.hangUp(reason);
    }

    <T extends Request.Attachment> T attachment(Class<T> type, Supplier<T> fresh) {
        return type.cast(attachments.computeIfAbsent(type, _ -> fresh.get()));
    }

    void waits(KafkaExchange exchange) {
        waiting.add(exchange);
    }

    void waitsNoMore(KafkaExchange exchange) {
        waiting.remove(exchange);
    }

    @Override
    public void draining() {
        draining = true;
        cancelAll();
    }

    @Override
    public void closed() {
        cancelAll();
        attachments.values().forEach(Request.Attachment::detached);
    }

    private void cancelAll() {
        List.copyOf(waiting).forEach(KafkaExchange::cancel);
    }
}
