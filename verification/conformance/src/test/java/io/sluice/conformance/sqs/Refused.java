package io.sluice.conformance.sqs;

import org.assertj.core.api.Assertions;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import software.amazon.awssdk.services.sqs.model.SqsException;

/// How the service refused a call of the SDK.
///
/// @param code as clients of the Query protocol know it
record Refused(String code, String text, int status) {
    static final String PARAMETER = "InvalidParameterValue";
    static final String MISSING = "MissingParameter";
    static final String NO_QUEUE = "AWS.SimpleQueueService.NonExistentQueue";

    /// What `call` is answered with, which must not succeed.
    static Refused of(ThrowingCallable call) {
        var thrown = Assertions.catchThrowable(call);
        if (thrown instanceof SqsException refused) {
            var details = refused.awsErrorDetails();
            return new Refused(details.errorCode(), details.errorMessage(), refused.statusCode());
        }
        throw new AssertionError("not refused by the service", thrown);
    }
}
