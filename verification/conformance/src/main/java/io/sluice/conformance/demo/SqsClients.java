package io.sluice.conformance.demo;

import java.net.URI;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.http.apache.ApacheHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.sqs.SqsClient;

/// The AWS SDK, pointed at a broker on this machine.
public final class SqsClients {
    private static final int CONNECTIONS = 32;

    private SqsClients() {}

    public static SqsClient at(int port) {
        return SqsClient.builder()
                .endpointOverride(URI.create("http://127.0.0.1:" + port))
                .region(Region.US_EAST_1)
                .credentialsProvider(
                        StaticCredentialsProvider.create(
                                AwsBasicCredentials.create("demo", "demo")))
                .httpClientBuilder(ApacheHttpClient.builder().maxConnections(CONNECTIONS))
                .build();
    }

    public static String url(int port, String queue) {
        return "http://127.0.0.1:" + port + "/000000000000/" + queue;
    }
}
