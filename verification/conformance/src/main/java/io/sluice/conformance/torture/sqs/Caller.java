package io.sluice.conformance.torture.sqs;

import io.sluice.conformance.torture.Invariant;
import io.sluice.conformance.torture.Lives;
import io.sluice.conformance.torture.Violation;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Function;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.awscore.retry.AwsRetryStrategy;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.http.apache.ApacheHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.sqs.SqsClient;

/// A client that does not try again by itself, and knows what a broken call means: the broker was killed, or it is not back yet.
///
/// Owned by one worker.
public final class Caller implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final long PAUSE_NANOS = 20_000_000;

    private final Lives lives;
    private final SqsClient client;
    private long lastAnswerNanos = System.nanoTime();
    private int lastAnswerIn;

    public Caller(int port, Lives lives) {
        this.lives = lives;
        this.client =
                SqsClient.builder()
                        .endpointOverride(URI.create("http://127.0.0.1:" + port))
                        .region(Region.US_EAST_1)
                        .credentialsProvider(
                                StaticCredentialsProvider.create(
                                        AwsBasicCredentials.create("test", "test")))
                        .httpClientBuilder(ApacheHttpClient.builder())
                        .overrideConfiguration(b -> b.retryStrategy(AwsRetryStrategy.doNotRetry()))
                        .build();
    }

    /// What `call` returns; nothing if its connection broke, which only a kill explains.
    ///
    /// @throws Violation if there was none, or the broker does not answer any more
    public <T> Optional<T> call(Function<SqsClient, T> call) {
        var life = lives.now();
        try {
            var answer = call.apply(client);
            lastAnswerNanos = System.nanoTime();
            lastAnswerIn = lives.now();
            return Optional.of(answer);
        } catch (SdkClientException broken) {
            awaitKill(life, broken);
            return Optional.empty();
        }
    }

    /// What `call` returns, as soon as the broker answers.
    ///
    /// @throws Violation if it does not in time
    public <T> T untilAnswered(Function<SqsClient, T> call) {
        while (true) {
            var answer = call(call);
            if (answer.isPresent()) {
                return answer.get();
            }
        }
    }

    /// The broker has answered in `life`, so it was there: somebody must have killed it.
    private void awaitKill(int life, SdkClientException broken) {
        do {
            if (System.nanoTime() - lastAnswerNanos > PATIENCE.toNanos()) {
                throw new Violation(
                        Invariant.CLIENTS_GO_ON, "a call broke without a kill: " + broken, broken);
            }
            LockSupport.parkNanos(PAUSE_NANOS);
        } while (lastAnswerIn == life && lives.now() == life);
    }

    @Override
    public void close() {
        client.close();
    }
}
