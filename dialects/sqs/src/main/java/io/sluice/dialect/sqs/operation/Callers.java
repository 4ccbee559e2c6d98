package io.sluice.dialect.sqs.operation;

import io.sluice.base.Clock;
import io.sluice.broker.Broker;
import io.sluice.dialect.sqs.SqsSettings.Signatures;
import io.sluice.dialect.sqs.codec.RawRequest;
import io.sluice.dialect.sqs.protocol.SqsError;
import io.sluice.dialect.sqs.queue.Accounts;
import io.sluice.dialect.sqs.signature.Presented;
import io.sluice.dialect.sqs.signature.Scope;
import io.sluice.dialect.sqs.signature.Signature;
import io.sluice.dialect.sqs.signature.SignatureErrors;
import io.sluice.dialect.sqs.signature.SigningKey;
import java.util.Optional;
import java.util.regex.Pattern;

/// Finds out who sends a request: by its signature, as far as one is asked for.
///
/// Access keys are settings of the catalog, of the kind [#KEY_KIND]: `secret`, and `account` unless it is the default one. Where signatures are not verified, an access
/// key of twelve digits is an account of that name, and every other one belongs to the default account.
public final class Callers {
    /// The kind of the catalog's settings that access keys are.
    public static final String KEY_KIND = "sqs-access-key";

    private static final String REGION = "us-east-1";
    private static final Pattern ACCOUNT = Pattern.compile("\\d{12}");

    private final Broker broker;
    private final Clock clock;
    private final Signatures signatures;

    public Callers(Broker broker, Clock clock, Signatures signatures) {
        this.broker = broker;
        this.clock = clock;
        this.signatures = signatures;
    }

    /// Who it is, or why that is not good enough.
    public sealed interface Found {
        record Known(Caller caller) implements Found {}

        record Rejected(SqsError error) implements Found {}
    }

    public Found of(RawRequest request) {
        return switch (Presented.of(request)) {
            case Presented.Unsigned _ ->
                    signatures == Signatures.OFF
                            ? known(request, Accounts.DEFAULT, REGION, "anonymous")
                            : new Found.Rejected(SignatureErrors.missing());
            case Presented.Malformed(SqsError error) ->
                    signatures == Signatures.OFF
                            ? known(request, Accounts.DEFAULT, REGION, "anonymous")
                            : new Found.Rejected(error);
            case Presented.Signed(Signature signature) -> signed(request, signature);
        };
    }

    private Found signed(RawRequest request, Signature signature) {
        var scope = signature.scope();
        if (signatures != Signatures.VERIFY) {
            var key = scope.accessKey();
            return known(request, ACCOUNT.matcher(key).matches() ? key : Accounts.DEFAULT, scope);
        }
        var settings = broker.catalog().settings(KEY_KIND, scope.accessKey());
        var secret = settings.get("secret");
        if (secret == null) {
            return new Found.Rejected(SignatureErrors.unknownAccessKey());
        }
        Optional<SqsError> wrong = signature.verify(SigningKey.of(secret, scope), clock.millis());
        return wrong.isPresent()
                ? new Found.Rejected(wrong.get())
                : known(request, settings.getOrDefault("account", Accounts.DEFAULT), scope);
    }

    private static Found known(RawRequest request, String account, Scope scope) {
        return known(
                request,
                account,
                scope.region().isEmpty() ? REGION : scope.region(),
                scope.accessKey());
    }

    private static Found known(RawRequest request, String account, String region, String senderId) {
        return new Found.Known(
                new Caller(account, region, "http://" + request.header("host"), senderId));
    }
}
