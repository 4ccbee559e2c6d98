package io.sluice.dialect.sqs.signature;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.base.Rng;
import io.sluice.dialect.sqs.codec.RawRequest;
import io.sluice.dialect.sqs.protocol.ErrorKind;
import io.sluice.dialect.sqs.protocol.SqsError;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.http.ContentStreamProvider;
import software.amazon.awssdk.http.SdkHttpMethod;
import software.amazon.awssdk.http.SdkHttpRequest;
import software.amazon.awssdk.http.auth.aws.signer.AwsV4FamilyHttpSigner;
import software.amazon.awssdk.http.auth.aws.signer.AwsV4HttpSigner;
import software.amazon.awssdk.http.auth.spi.signer.HttpSigner;
import software.amazon.awssdk.identity.spi.AwsCredentialsIdentity;

/// Signatures that boto3 and Amazon's Java signer made, and what happens when a little of the request changes behind them.
class SignatureTest {
    private static final String SECRET = "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY";

    private static RawRequest request(
            String method, String path, String query, Map<String, String> headers, String body) {
        return new RawRequest(
                method,
                path,
                query,
                headers::get,
                ByteBuffer.wrap(body.getBytes(StandardCharsets.UTF_8)));
    }

    private static long at(String time) {
        return Instant.parse(time).toEpochMilli();
    }

    private static Signature signature(RawRequest request) {
        return switch (Presented.of(request)) {
            case Presented.Signed(Signature signature) -> signature;
            case Presented.Unsigned() -> throw new AssertionError("unsigned");
            case Presented.Malformed(SqsError error) -> throw new AssertionError(error.toString());
        };
    }

    private static Optional<SqsError> verify(RawRequest request, String time) {
        var signature = signature(request);
        return signature.verify(SigningKey.of(SECRET, signature.scope()), at(time));
    }

    private static SqsError malformed(RawRequest request) {
        return switch (Presented.of(request)) {
            case Presented.Malformed(SqsError error) -> error;
            case Presented.Signed _, Presented.Unsigned _ ->
                    throw new AssertionError("well formed");
        };
    }

    // ---- as boto3 1.43 and 1.26 signed

    private static final String JSON_BODY =
            "{\"QueueUrl\": \"http://127.0.0.1:37911/000000000000/q\", \"MessageBody\": \"h\\u00e9 &<\\\">\\r\\n+\", \"DelaySeconds\": 0, \"MessageAttributes\": {\"n\": {\"DataType\": \"Number.int\", \"StringValue\": \"1\"}, \"b\": {\"DataType\": \"Binary\", \"BinaryValue\": \"AP8=\"}}, \"MessageSystemAttributes\": {\"AWSTraceHeader\": {\"DataType\": \"String\", \"StringValue\": \"Root=1\"}}}";

    private static Map<String, String> jsonHeaders() {
        return new HashMap<>(
                Map.of(
                        "host",
                        "127.0.0.1:37911",
                        "x-amz-target",
                        "AmazonSQS.SendMessage",
                        "content-type",
                        "application/x-amz-json-1.0",
                        "x-amzn-query-mode",
                        "true",
                        "x-amz-date",
                        "20261128T091904Z",
                        "authorization",
                        "AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE/20261128/us-east-1/sqs/aws4_request, SignedHeaders=content-type;host;x-amz-date;x-amz-target;x-amzn-query-mode, Signature=959b634ac46192fb51807d7a053ce3897a1cdc2b42bbc4fa4f3c5d27196442ed"));
    }

    private static final String FORM_BODY =
            "Action=SendMessage&Version=2012-11-05&QueueUrl=http%3A%2F%2F127.0.0.1%3A37912%2F000000000000%2Fq&MessageBody=h%C3%A9+%26%3C%22%3E%0D%0A%2B&DelaySeconds=0&MessageAttribute.1.Name=n&MessageAttribute.1.Value.DataType=Number.int&MessageAttribute.1.Value.StringValue=1&MessageAttribute.2.Name=b&MessageAttribute.2.Value.DataType=Binary&MessageAttribute.2.Value.BinaryValue=AP8%3D&MessageSystemAttribute.1.Name=AWSTraceHeader&MessageSystemAttribute.1.Value.DataType=String&MessageSystemAttribute.1.Value.StringValue=Root%3D1";

    private static final String PRESIGNED =
            "Action=ListQueues&Version=2012-11-05&QueueNamePrefix=a%20b&X-Amz-Algorithm=AWS4-HMAC-SHA256&X-Amz-Credential=AKIDEXAMPLE%2F20261128%2Fus-east-1%2Fsqs%2Faws4_request&X-Amz-Date=20261128T091912Z&X-Amz-SignedHeaders=host&X-Amz-Expires=3600&X-Amz-Signature=ee9f3c8ba102675379a14d368f72bec3831a883a30266d53ff393dab4235dc29";

    /// It signs the method of its model, whatever the URL is then asked with.
    private static RawRequest presigned(String query) {
        return request("POST", "/", query, Map.of("host", "127.0.0.1:37912"), "");
    }

    @Test
    void aJsonRequestOfBoto3IsRight() {
        var request = request("POST", "/", "", jsonHeaders(), JSON_BODY);
        assertThat(signature(request).scope())
                .isEqualTo(
                        new Scope("AKIDEXAMPLE", "20261128", "us-east-1", "sqs", "aws4_request"));
        assertThat(verify(request, "2026-11-28T09:19:05Z")).isEmpty();
    }

    @Test
    void aFormOfBoto3IsRight() {
        var headers =
                Map.of(
                        "content-type",
                        "application/x-www-form-urlencoded; charset=utf-8",
                        "host",
                        "127.0.0.1:37912",
                        "x-amz-date",
                        "20261128T091911Z",
                        "authorization",
                        "AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE/20261128/us-east-1/sqs/aws4_request, SignedHeaders=content-type;host;x-amz-date, Signature=6f9a2171657ffe1df045076690ad8d30a0bd5f45fc1055294edfc71b11f941bb");
        assertThat(verify(request("POST", "/", "", headers, FORM_BODY), "2026-11-28T09:15:00Z"))
                .isEmpty();
    }

    @Test
    void aPresignedUrlOfBoto3IsRightUntilItExpires() {
        assertThat(verify(presigned(PRESIGNED), "2026-11-28T10:19:12Z")).isEmpty();
        var late = verify(presigned(PRESIGNED), "2026-11-28T10:19:13Z");
        assertThat(late.orElseThrow().message())
                .isEqualTo(
                        "Signature expired: 20261128T101913Z is now later than 20261128T101912Z (20261128T091912Z + 3600 seconds)");
        assertThat(verify(presigned(PRESIGNED), "2026-11-28T09:04:12Z")).isEmpty();
        assertThat(verify(presigned(PRESIGNED), "2026-11-28T09:04:11Z")).isPresent();
    }

    @Test
    void theClocksMayDifferByFiveMinutes() {
        var request = request("POST", "/", "", jsonHeaders(), JSON_BODY);
        assertThat(verify(request, "2026-11-28T09:14:04Z")).isEmpty();
        assertThat(verify(request, "2026-11-28T09:24:04Z")).isEmpty();
        assertThat(verify(request, "2026-11-28T09:24:05Z").orElseThrow().message())
                .isEqualTo(
                        "Signature expired: 20261128T091904Z is now earlier than 20261128T091905Z (20261128T092405Z - 5 min.)");
        assertThat(verify(request, "2026-11-28T09:14:03Z").orElseThrow().message())
                .isEqualTo(
                        "Signature not yet current: 20261128T091904Z is still later than 20261128T091903Z (20261128T091403Z + 5 min.)");
    }

    @Test
    void whateverIsChangedBehindASignatureIsSeen() {
        var now = "2026-11-28T09:19:05Z";
        for (var name : List.of("host", "x-amz-target", "content-type", "x-amzn-query-mode")) {
            var headers = jsonHeaders();
            headers.put(name, headers.get(name) + "x");
            isMismatch(verify(request("POST", "/", "", headers, JSON_BODY), now));
        }
        isMismatch(verify(request("POST", "/", "", jsonHeaders(), JSON_BODY + " "), now));
        isMismatch(verify(request("GET", "/", "", jsonHeaders(), JSON_BODY), now));
        isMismatch(verify(request("POST", "/x", "", jsonHeaders(), JSON_BODY), now));
        isMismatch(verify(request("POST", "/", "a=b", jsonHeaders(), JSON_BODY), now));
        var request = request("POST", "/", "", jsonHeaders(), JSON_BODY);
        var signature = signature(request);
        isMismatch(signature.verify(SigningKey.of("other", signature.scope()), at(now)));
        isMismatch(verify(presigned(PRESIGNED.replace("a%20b", "a%20c")), now));
    }

    private static void isMismatch(Optional<SqsError> error) {
        assertThat(error.orElseThrow().kind()).isEqualTo(ErrorKind.SIGNATURE_DOES_NOT_MATCH);
        assertThat(error.orElseThrow().message())
                .startsWith("The request signature we calculated does not match");
    }

    @Test
    void aScopeThatIsNotOursIsRefused() {
        var now = "2026-11-28T09:19:05Z";
        for (var change :
                Map.of(
                                "/sqs/", "/sns/",
                                "aws4_request", "aws5_request",
                                "/20261128/", "/20261127/",
                                "content-type;host;", "content-type;")
                        .entrySet()) {
            var headers = jsonHeaders();
            headers.computeIfPresent(
                    "authorization",
                    (_, value) -> value.replace(change.getKey(), change.getValue()));
            var error = verify(request("POST", "/", "", headers, JSON_BODY), now).orElseThrow();
            assertThat(error.kind()).isEqualTo(ErrorKind.SIGNATURE_DOES_NOT_MATCH);
            assertThat(error.message()).doesNotStartWith("The request signature we calculated");
        }
    }

    // ---- as Amazon's own signer signs

    @Test
    void whatAmazonsSignerSignsIsRight() {
        for (long seed = 1; seed <= 300; seed++) {
            Rng.run(
                    seed,
                    rng -> {
                        var presigned = rng.chance(50);
                        var body = presigned ? "" : odd(rng);
                        var builder =
                                SdkHttpRequest.builder()
                                        .uri(URI.create("http://127.0.0.1:9324/"))
                                        .encodedPath(
                                                rng.chance(50) ? "/" : "/000000000000/a%20b.fifo")
                                        .method(presigned ? SdkHttpMethod.GET : SdkHttpMethod.POST)
                                        .putHeader("X-Odd", "  a   b ");
                        for (int i = rng.below(4); i > 0; i--) {
                            builder.appendRawQueryParameter("p" + rng.below(3), odd(rng));
                        }
                        var now = Instant.parse("2026-05-04T03:02:01Z");
                        var signed =
                                AwsV4HttpSigner.create()
                                        .sign(
                                                sign -> {
                                                    sign.identity(
                                                                    AwsCredentialsIdentity.create(
                                                                            "AK", SECRET))
                                                            .request(builder.build())
                                                            .payload(
                                                                    ContentStreamProvider
                                                                            .fromUtf8String(body))
                                                            .putProperty(
                                                                    AwsV4FamilyHttpSigner
                                                                            .SERVICE_SIGNING_NAME,
                                                                    "sqs")
                                                            .putProperty(
                                                                    AwsV4HttpSigner.REGION_NAME,
                                                                    "eu-west-3")
                                                            .putProperty(
                                                                    HttpSigner.SIGNING_CLOCK,
                                                                    Clock.fixed(
                                                                            now, ZoneOffset.UTC));
                                                    if (presigned) {
                                                        sign.putProperty(
                                                                        AwsV4FamilyHttpSigner
                                                                                .AUTH_LOCATION,
                                                                        AwsV4FamilyHttpSigner
                                                                                .AuthLocation
                                                                                .QUERY_STRING)
                                                                .putProperty(
                                                                        AwsV4FamilyHttpSigner
                                                                                .EXPIRATION_DURATION,
                                                                        Duration.ofMinutes(5));
                                                    }
                                                });
                        assertThat(verify(raw(signed.request(), body), now.toString())).isEmpty();
                    });
        }
    }

    private static String odd(Rng rng) {
        var characters = "aZ09-._~ %+&=/?é*'(){}:;,\"";
        var text = new StringBuilder();
        for (int i = rng.below(12); i > 0; i--) {
            text.append(characters.charAt(rng.below(characters.length())));
        }
        return text.toString();
    }

    private static RawRequest raw(SdkHttpRequest signed, String body) {
        var headers = new HashMap<String, String>();
        signed.headers()
                .forEach(
                        (name, values) ->
                                headers.put(
                                        name.toLowerCase(Locale.ROOT), String.join(",", values)));
        return request(
                signed.method().name(),
                signed.encodedPath(),
                signed.encodedQueryParameters().orElse(""),
                headers,
                body);
    }

    // ---- what is no signature

    @Test
    void whoSignsNothingIsNobody() {
        assertThat(Presented.of(request("POST", "/", "", Map.of(), "")))
                .isEqualTo(new Presented.Unsigned());
    }

    @Test
    void whatIsMissingIsNamed() {
        var error =
                malformed(
                        request(
                                "POST",
                                "/",
                                "",
                                Map.of("authorization", "AWS4-HMAC-SHA256 Credential=a/b/c/d/e"),
                                ""));
        assertThat(error.kind()).isEqualTo(ErrorKind.INCOMPLETE_SIGNATURE);
        assertThat(error.message())
                .isEqualTo(
                        "Authorization header requires 'Signature' parameter. Authorization header requires 'SignedHeaders' parameter. Authorization header requires existence of either a 'X-Amz-Date' or a 'Date' header. Authorization=AWS4-HMAC-SHA256 Credential=a/b/c/d/e");
        for (var without :
                List.of(
                        "X-Amz-Credential",
                        "X-Amz-Signature",
                        "X-Amz-SignedHeaders",
                        "X-Amz-Date")) {
            assertThat(malformed(presigned(PRESIGNED.replace(without, "X-Other"))).message())
                    .contains("'" + without + "'");
        }
        assertThat(malformed(presigned(PRESIGNED.replace("Expires=3600", "Expires=604801"))).kind())
                .isEqualTo(ErrorKind.INCOMPLETE_SIGNATURE);
    }

    @Test
    void nonsenseIsRefusedAndNeverRight() {
        for (long seed = 1; seed <= 5_000; seed++) {
            Rng.run(
                    seed,
                    rng -> {
                        var headers = jsonHeaders();
                        var authorization = headers.getOrDefault("authorization", "");
                        headers.put("authorization", damaged(rng, authorization));
                        isNotRight(request("POST", "/", "", headers, JSON_BODY));
                        isNotRight(presigned(damaged(rng, PRESIGNED)));
                    });
        }
    }

    /// What is damaged may only be the spelling, and then it is right still.
    private static void isNotRight(RawRequest request) {
        if (Presented.of(request) instanceof Presented.Signed(Signature signature)) {
            var error =
                    signature.verify(
                            SigningKey.of("not the secret", signature.scope()),
                            at("2026-11-28T09:19:05Z"));
            assertThat(error).isPresent();
        }
    }

    private static String damaged(Rng rng, String text) {
        var damaged = new StringBuilder(text);
        for (int i = 1 + rng.below(4); i > 0; i--) {
            var at = rng.below(damaged.length() - 1);
            switch (rng.below(3)) {
                case 0 -> damaged.setCharAt(at, (char) rng.below(256));
                case 1 -> damaged.setCharAt(at, ' ');
                default -> damaged.setLength(at + 2);
            }
        }
        return damaged.toString();
    }
}
