package io.sluice.conformance.sqs;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.conformance.process.Until;
import io.sluice.conformance.support.Conformance;
import io.sluice.conformance.support.Promises;
import io.sluice.conformance.support.SqsClients;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.sqs.model.MessageSystemAttributeName;
import software.amazon.awssdk.services.sqs.model.QueueAttributeName;

/// What becomes too old: it takes the minute that is the least a queue keeps messages.
@Conformance
class RetentionTest {
    private static final Map<QueueAttributeName, String> BRIEF =
            Map.of(QueueAttributeName.MESSAGE_RETENTION_PERIOD, "60");

    @Test
    void whatIsTooOldIsGoneAlsoWhileSomebodyHasItAndIsNoDeadLetter(SqsClients sqs) {
        Promises.ofSluiceOnly("ElasticMQ keeps what is in flight");
        var letters = sqs.queue("letters");
        var attributes = new HashMap<>(DeadLetters.to(sqs.arn(letters), 1));
        attributes.putAll(BRIEF);
        var url = sqs.queue("brief", attributes);
        sqs.sendEach(url, "held", "waiting");
        sqs.hide(url, sqs.next(url), 3_600);
        assertThat(counts(sqs, url)).isEqualTo("1 1");

        Until.holds(
                "both are gone",
                Duration.ofMinutes(2),
                () -> counts(sqs, url).equals("0 0"),
                () -> counts(sqs, url));

        assertThat(sqs.receive(url, 10)).isEmpty();
        assertThat(counts(sqs, letters)).isEqualTo("0 0");
    }

    @Test
    void aDeadLetterWasSentWhenItWasSentFirst(SqsClients sqs) {
        Promises.ofSluiceOnly("ElasticMQ sends it anew");
        var letters = sqs.queue("letters");
        var url = sqs.queue("source", DeadLetters.to(sqs.arn(letters), 1));
        var _ = sqs.send(url, "x");
        var first = sqs.next(url);
        sqs.hide(url, first, 1);

        var letter = sqs.next(letters);

        var sent = MessageSystemAttributeName.SENT_TIMESTAMP;
        assertThat(letter.attributes()).containsEntry(sent, first.attributes().get(sent));
    }

    /// How many are visible, and how many in flight.
    private static String counts(SqsClients sqs, String url) {
        return sqs.attribute(url, QueueAttributeName.APPROXIMATE_NUMBER_OF_MESSAGES)
                + " "
                + sqs.attribute(url, QueueAttributeName.APPROXIMATE_NUMBER_OF_MESSAGES_NOT_VISIBLE);
    }
}
