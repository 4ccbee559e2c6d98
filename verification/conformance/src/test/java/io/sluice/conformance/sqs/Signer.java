package io.sluice.conformance.sqs;

import java.net.URI;
import java.net.http.HttpRequest;
import java.time.Clock;
import java.time.Duration;
import java.util.function.Consumer;
import software.amazon.awssdk.http.SdkHttpMethod;
import software.amazon.awssdk.http.SdkHttpRequest;
import software.amazon.awssdk.http.auth.aws.signer.AwsV4FamilyHttpSigner.AuthLocation;
import software.amazon.awssdk.http.auth.aws.signer.AwsV4HttpSigner;
import software.amazon.awssdk.http.auth.spi.signer.HttpSigner;
import software.amazon.awssdk.http.auth.spi.signer.SignRequest;
import software.amazon.awssdk.identity.spi.AwsCredentialsIdentity;

/// GET requests signed by the signer of Amazon's SDK, at times and for regions that no client of it lets a test choose.
///
/// @param late by how much its clock is behind ours
record Signer(String accessKey, String secret, String region, Duration late) {
    Signer(String accessKey, String secret, String region) {
        this(accessKey, secret, region, Duration.ZERO);
    }

    Signer late(Duration by) {
        return new Signer(accessKey, secret, region, by);
    }

    /// Signed by a header.
    HttpRequest.Builder signed(URI uri) {
        return sign(uri, _ -> {});
    }

    /// Signed by the query: whoever has the URL may send it for so long.
    HttpRequest.Builder presigned(URI uri, Duration expires) {
        return sign(
                uri,
                b ->
                        b.putProperty(AwsV4HttpSigner.AUTH_LOCATION, AuthLocation.QUERY_STRING)
                                .putProperty(AwsV4HttpSigner.EXPIRATION_DURATION, expires));
    }

    private HttpRequest.Builder sign(
            URI uri, Consumer<SignRequest.Builder<AwsCredentialsIdentity>> how) {
        var request = SdkHttpRequest.builder().method(SdkHttpMethod.GET).uri(uri).build();
        var signed =
                AwsV4HttpSigner.create()
                        .sign(
                                b -> {
                                    b.identity(AwsCredentialsIdentity.create(accessKey, secret))
                                            .request(request)
                                            .putProperty(
                                                    AwsV4HttpSigner.SERVICE_SIGNING_NAME, "sqs")
                                            .putProperty(AwsV4HttpSigner.REGION_NAME, region)
                                            .putProperty(
                                                    HttpSigner.SIGNING_CLOCK,
                                                    Clock.offset(
                                                            Clock.systemUTC(), late.negated()));
                                    how.accept(b);
                                })
                        .request();
        var http = HttpRequest.newBuilder(signed.getUri());
        signed.forEachHeader(
                (name, values) -> {
                    if (!name.equalsIgnoreCase("host")) {
                        values.forEach(value -> http.header(name, value));
                    }
                });
        return http;
    }
}
