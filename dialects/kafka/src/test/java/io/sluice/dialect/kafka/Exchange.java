package io.sluice.dialect.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.UnpooledByteBufAllocator;
import io.sluice.base.Buffer;
import io.sluice.base.Slice;
import io.sluice.dialect.kafka.wire.ResponseEncoder;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import org.apache.kafka.common.Node;
import org.apache.kafka.common.network.ClientInformation;
import org.apache.kafka.common.network.ListenerName;
import org.apache.kafka.common.protocol.ByteBufferAccessor;
import org.apache.kafka.common.requests.AbstractRequest;
import org.apache.kafka.common.requests.AbstractResponse;
import org.apache.kafka.common.requests.RequestContext;
import org.apache.kafka.common.requests.RequestHeader;
import org.apache.kafka.common.requests.ResponseHeader;
import org.apache.kafka.common.security.auth.KafkaPrincipal;
import org.apache.kafka.common.security.auth.SecurityProtocol;

/// Asks handlers as a client does, without the socket: request and response go through their bytes in the request's version,
/// so that a field which that version does not have shows.
public final class Exchange {
    public static final Node NODE = new Node(KafkaSettings.NODE_ID, "sluice.test", 9092);

    private final RoutingTable table;
    private final Map<Class<?>, Object> attachments = new HashMap<>();

    public Exchange(Collection<Api> apis) {
        table = RoutingTable.of(apis);
    }

    /// What the request is answered with, as the client reads it.
    public <T extends AbstractResponse> T ask(AbstractRequest request, Class<T> type) {
        var api = Optional.ofNullable(table.find(request.apiKey().id)).orElseThrow();
        assertThat(api.offers(request.version()))
                .as("%s is offered in version %s", api.key(), request.version())
                .isTrue();
        var context = context(new RequestHeader(api.key(), request.version(), "test", 1));
        var body = context.parseRequest(request.serialize().buffer()).request;
        var answer = new Answer(body);
        api.handler().handle(new Asked(context, body, attachments), answer);
        var bytes = sent(context, answer.within10Seconds());
        return type.cast(
                AbstractResponse.parseResponse(
                        api.key(), new ByteBufferAccessor(bytes), request.version()));
    }

    /// The response as it lies behind its header on the wire.
    private static ByteBuffer sent(RequestContext context, AbstractResponse response) {
        var header = context.header;
        var headerVersion = header.apiKey().responseHeaderVersion(header.apiVersion());
        var outgoing =
                ResponseEncoder.encode(
                        header.correlationId(),
                        headerVersion,
                        response.data(),
                        header.apiVersion(),
                        UnpooledByteBufAllocator.DEFAULT);
        var bytes = outgoing.bytes();
        var whole = ByteBuffer.allocate(Integer.BYTES + bytes.getInt(0));
        for (var splice : outgoing.splices()) {
            copy(bytes, splice.at(), whole);
            for (var slice : splice.slices().slices()) {
                switch (slice) {
                    case Slice.InMemory(var stored) -> whole.put(stored.duplicate());
                    case Slice.InFile file -> throw new AssertionError("not in memory: " + file);
                }
            }
            splice.slices().close();
        }
        copy(bytes, bytes.writerIndex(), whole);
        bytes.release();
        assertThat(whole.hasRemaining()).as("the length prefix tells the truth").isFalse();
        whole.flip().position(Integer.BYTES);
        assertThat(ResponseHeader.parse(whole, headerVersion).correlationId())
                .isEqualTo(header.correlationId());
        return whole;
    }

    private static void copy(ByteBuf bytes, int until, ByteBuffer whole) {
        var part = new byte[until - bytes.readerIndex()];
        bytes.readBytes(part);
        whole.put(part);
    }

    private static RequestContext context(RequestHeader header) {
        try {
            return new RequestContext(
                    header,
                    "connection",
                    InetAddress.getByAddress(new byte[] {127, 0, 0, 1}),
                    KafkaPrincipal.ANONYMOUS,
                    new ListenerName("PLAINTEXT"),
                    SecurityProtocol.PLAINTEXT,
                    ClientInformation.EMPTY,
                    false);
        } catch (UnknownHostException impossible) {
            throw new AssertionError("four bytes are an address", impossible);
        }
    }

    private record Asked(
            RequestContext context, AbstractRequest body, Map<Class<?>, Object> attachments)
            implements Request {
        @Override
        public Node node() {
            return NODE;
        }

        @Override
        public Buffer lend(ByteBuffer part) {
            return Buffer.unpooled(part);
        }

        @Override
        public void onEnd(Runnable cancel) {}

        @Override
        public <T extends Attachment> T attachment(Class<T> type, Supplier<T> fresh) {
            return type.cast(attachments.computeIfAbsent(type, _ -> fresh.get()));
        }
    }

    private record Answer(AbstractRequest asked, CompletableFuture<AbstractResponse> response)
            implements Responder {
        Answer(AbstractRequest asked) {
            this(asked, new CompletableFuture<>());
        }

        @Override
        public void answer(AbstractResponse given) {
            assertThat(response.complete(given)).as("answered once").isTrue();
        }

        @Override
        public void answer(PendingAnswer pending) {
            answer(pending.assemble());
        }

        @Override
        public void refuse(Throwable reason) {
            answer(asked.getErrorResponse(0, reason));
        }

        @Override
        public void stayQuiet() {
            response.completeExceptionally(new AssertionError("no answer"));
        }

        @Override
        public void hangUp(String reason) {
            response.completeExceptionally(new AssertionError("hung up: " + reason));
        }

        AbstractResponse within10Seconds() {
            try {
                return response.get(10, TimeUnit.SECONDS);
            } catch (InterruptedException | ExecutionException | TimeoutException failed) {
                throw new AssertionError("not answered: " + asked, failed);
            }
        }
    }
}
