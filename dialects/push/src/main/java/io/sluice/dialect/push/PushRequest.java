package io.sluice.dialect.push;

import io.sluice.broker.Once;
import io.sluice.broker.message.Envelope;
import io.sluice.transport.http.HttpField;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/// The headers of the request that a message becomes: docs/push.md has them all. Its body is the message's.
final class PushRequest {
    /// Many servers take no more than 8 KiB of headers.
    private static final int OTHERS_CHARACTERS_MAX = 6 * 1024;

    private static final int FIELD_CHARACTERS_MAX = 2 * 1024;
    private static final Pattern MEDIA_TYPE = Pattern.compile("[\\x21-\\x7E][\\x20-\\x7E]{0,254}");
    private static final Set<String> CODINGS =
            Set.of("gzip", "deflate", "br", "zstd", "compress", "identity");

    /// Nobody's business, or said in another header.
    private static final Set<String> LEFT_OUT =
            Set.of(Envelope.HEADER, Once.HEADER, "sqs-attributes", "content-type");

    /// Where a trace goes on.
    private static final Set<String> AS_THEY_ARE = Set.of("traceparent", "tracestate");

    private final PushedMessage message;
    private final List<HttpField> fields = new ArrayList<>();
    private int charactersLeft = OTHERS_CHARACTERS_MAX;
    private int omitted;

    private PushRequest(PushedMessage message) {
        this.message = message;
    }

    /// @param secrets with which it is signed; none: it is not
    /// @param agent what calls
    static List<HttpField> fields(
            PushedMessage message, List<String> secrets, String agent, long nowMillis) {
        var request = new PushRequest(message);
        request.add("User-Agent", agent);
        request.content();
        CloudEvent.fields(message).forEach(field -> request.addShort(field.name(), field.value()));
        request.facts();
        request.signature(secrets, nowMillis / 1000);
        request.others();
        return request.fields;
    }

    private void content() {
        add(
                "Content-Type",
                message.text("content-type")
                        .filter(type -> MEDIA_TYPE.matcher(type).matches())
                        .orElse("application/octet-stream"));
        message.text("content-encoding")
                .filter(CODINGS::contains)
                .ifPresent(coding -> add("Content-Encoding", coding));
    }

    private void facts() {
        add("Sluice-Queue", HeaderText.value(message.queue().name()));
        add("Sluice-Attempt", Integer.toString(message.attempt()));
        var key = message.key();
        if (key != null) {
            message.keyText()
                    .ifPresentOrElse(
                            text -> addShort("Sluice-Key", HeaderText.value(text)),
                            () -> addShort("Sluice-Key-Base64", base64(key)));
        }
    }

    /// A stop in an id would leave it open where the id ends in what is signed.
    private void signature(List<String> secrets, long seconds) {
        var id = HeaderText.value(CloudEvent.id(message)).replace(".", "%2E");
        add("webhook-id", id.length() > FIELD_CHARACTERS_MAX ? message.place() : id);
        add("webhook-timestamp", Long.toString(seconds));
        if (!secrets.isEmpty()) {
            var signed = fields.get(fields.size() - 2).value();
            add("webhook-signature", Signature.of(secrets, signed, seconds, message.body()));
        }
    }

    private void others() {
        message.headers()
                .forEach(
                        (name, value) -> {
                            if (!LEFT_OUT.contains(name) && !CloudEvent.isAttribute(name)) {
                                addOther(name, value);
                            }
                        });
        if (omitted > 0) {
            add("Sluice-Headers-Omitted", Integer.toString(omitted));
        }
    }

    private void addOther(String name, ByteBuffer value) {
        var field = AS_THEY_ARE.contains(name) ? name : "Sluice-Header-" + HeaderText.name(name);
        if (value.remaining() > FIELD_CHARACTERS_MAX) {
            omitted++;
        } else {
            addShort(field, HeaderText.value(value));
        }
    }

    /// One that may be long: left out, and counted, when there is no room for it.
    private void addShort(String name, String value) {
        int characters = name.length() + value.length() + ": \r\n".length();
        if (characters > FIELD_CHARACTERS_MAX || characters > charactersLeft) {
            omitted++;
        } else {
            charactersLeft -= characters;
            add(name, value);
        }
    }

    private void add(String name, String value) {
        fields.add(new HttpField(name, value));
    }

    private static String base64(ByteBuffer bytes) {
        var copy = new byte[bytes.remaining()];
        bytes.duplicate().get(copy);
        return Base64.getEncoder().encodeToString(copy);
    }
}
