package io.sluice.engine.shard;

import io.sluice.base.Slices;
import io.sluice.broker.BrokerError;
import io.sluice.broker.Fetch;
import io.sluice.broker.Fetch.Answer;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The answers of one fetch as they come together, within its limits. Owned by whoever holds the fetch.
final class FetchReading {
    private final Fetch fetch;
    private final @Nullable Answer[] answers;
    private long foundBytes;
    private boolean refusedAny;

    FetchReading(Fetch fetch) {
        this.fetch = fetch;
        this.answers = new Answer[fetch.wants().size()];
    }

    /// Bytes found so far.
    long foundBytes() {
        return foundBytes;
    }

    /// True when a want was refused: the reader should hear of it at once.
    boolean refusedAny() {
        return refusedAny;
    }

    /// Answers the want with what is there now, as far as the fetch's limits allow. At the end of the log nothing is read.
    void read(int want, Shard shard) {
        var id = fetch.wants().get(want).partition();
        var hosted = shard.partition(id);
        var answer =
                hosted == null
                        ? new Answer.Refused(shard.missing(id))
                        : found(fetch.wants().get(want), hosted);
        answers[want] = answer;
        switch (answer) {
            case Answer.Found found -> foundBytes += found.records().bytes();
            case Answer.Refused _ -> refusedAny = true;
        }
    }

    /// Answers all wants that have no answer yet with `error`.
    void refuseRest(BrokerError error) {
        for (int want = 0; want < answers.length; want++) {
            if (answers[want] == null) {
                answers[want] = new Answer.Refused(error);
            }
        }
    }

    /// Gives back what was read and begins anew.
    void discard() {
        for (int want = 0; want < answers.length; want++) {
            if (answers[want] instanceof Answer.Found found) {
                found.records().close();
            }
            answers[want] = null;
        }
        foundBytes = 0;
        refusedAny = false;
    }

    /// All answers, in the order of the wants.
    List<Answer> answers() {
        var all = new ArrayList<Answer>(answers.length);
        for (var answer : answers) {
            assert answer != null : "every want is answered before the fetch is";
            all.add(answer);
        }
        return all;
    }

    private Answer found(Fetch.Want want, HostedPartition hosted) {
        var partition = hosted.partition();
        long left = Math.min(want.maxBytes(), fetch.maxBytes() - foundBytes);
        boolean first = foundBytes == 0;
        if (want.offset() == partition.highWatermark()
                || (left <= 0 && !first && within(want, hosted))) {
            return nothing(hosted);
        }
        var answer = partition.read(want.offset(), (int) Math.max(0, left));
        if (!first && answer instanceof Answer.Found found && found.records().bytes() > left) {
            found.records().close();
            return nothing(hosted);
        }
        return answer;
    }

    private static boolean within(Fetch.Want want, HostedPartition hosted) {
        return want.offset() >= hosted.partition().startOffset()
                && want.offset() <= hosted.partition().highWatermark();
    }

    private static Answer nothing(HostedPartition hosted) {
        return new Answer.Found(
                hosted.partition().highWatermark(),
                hosted.partition().startOffset(),
                Slices.empty());
    }
}
