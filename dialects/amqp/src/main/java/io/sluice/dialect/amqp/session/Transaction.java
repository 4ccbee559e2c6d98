package io.sluice.dialect.amqp.session;

import io.sluice.broker.BrokerError;
import io.sluice.broker.queue.Settlement;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What a transactional channel has published and settled since the last commit or rollback.
///
/// Each queue takes its part of a commit as a whole; nothing is promised across queues, as in RabbitMQ.
final class Transaction {
    private final AmqpChannel channel;
    private List<Content> contents = new ArrayList<>();
    private List<Settled> settled = new ArrayList<>();

    private record Settled(long tag, Source source, long offset, Settlement.Outcome outcome) {}

    /// How a commit ended.
    interface Ending {
        void ended(boolean failed);
    }

    Transaction(AmqpChannel channel) {
        this.channel = channel;
    }

    /// @param content kept
    void add(Content content) {
        contents.add(content);
    }

    void add(long tag, Source source, long offset, Settlement.Outcome outcome) {
        settled.add(new Settled(tag, source, offset, outcome));
    }

    /// Does it all; `ending` hears when all of it is durable.
    void commit(Ending ending) {
        var commit = new Commit();
        var publishes = contents;
        contents = new ArrayList<>();
        for (var content : publishes) {
            channel.publisher().publish(content, commit);
            release(content);
        }
        channel.session().publishing().flush();
        for (var one : settled) {
            channel.consumers().settle(one.source, one.offset, one.outcome);
        }
        settled = new ArrayList<>();
        channel.settlements()
                .flush(
                        channel.session().inbox(),
                        () -> channel.appends().whenNone(() -> ending.ended(commit.failed)));
    }

    /// Forgets the publishes; what was settled is not.
    void rollBack() {
        drop();
        for (var one : settled) {
            channel.unsettled().restore(one.tag, one.source, one.offset);
        }
        settled.clear();
    }

    /// The channel is gone.
    void drop() {
        contents.forEach(this::release);
        contents.clear();
    }

    private void release(Content content) {
        if (content.reserved() > 0) {
            channel.session().connection().release(content.reserved());
        }
    }

    private final class Commit implements PublishWaiter {
        private long next;
        private boolean failed;

        @Override
        public long begin(int appends) {
            channel.appends().begun(appends);
            return next++;
        }

        @Override
        public void appended(long first, long last, @Nullable BrokerError error) {
            failed |= BrokerFaults.isFailed(error);
            channel.appends().ended(last - first + 1);
        }
    }
}
