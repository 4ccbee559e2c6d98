package io.sluice.dialect.amqp.session;

import io.sluice.base.Slice;
import io.sluice.base.Slices;
import io.sluice.broker.BrokerError;
import io.sluice.broker.Fetch;
import io.sluice.broker.OffsetQuery;
import io.sluice.broker.PartitionId;
import io.sluice.broker.Reply;
import io.sluice.broker.queue.Queue;
import io.sluice.broker.record.Parsed;
import io.sluice.broker.record.RecordBatch;
import io.sluice.broker.record.Records;
import io.sluice.broker.record.Unpacked;
import io.sluice.dialect.amqp.codec.Octets;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// A reader of a stream: nothing is consumed, acknowledgements only make room for more. It fetches ahead one portion at a time and
/// hands out from that as there is room.
final class StreamConsumption implements Consumption {
    private static final Logger log = LoggerFactory.getLogger(StreamConsumption.class);

    private static final int PORTION_BYTES = 256 * 1024;
    private static final int BATCH_BYTES_MAX = 256 << 20;
    private static final long WAIT_MILLIS = 60_000;
    private static final ByteBuffer NOTHING = ByteBuffer.allocate(0);

    private final AmqpChannel channel;
    private final PartitionId partition;
    private final BasicConsume.Wish wish;
    private final Octets tag;
    private final DeliveryWriter writer;
    private final Source.OfStream source = new Source.OfStream(this);

    /// What was fetched and not handed out: whole batches, from position on; then the batch that is being handed out.
    private ByteBuffer portion = NOTHING;

    private @Nullable Records records;
    private boolean recordReady;

    /// The next offset to hand out.
    private long position;

    private int room;
    private boolean begun;
    private boolean fetching;
    private boolean over;
    private Runnable endWait = () -> {};

    StreamConsumption(AmqpChannel channel, Queue queue, BasicConsume.Wish wish) {
        this.channel = channel;
        this.partition = queue.part(0).partition();
        this.wish = wish;
        this.tag = Octets.of(wish.tag());
        this.writer = new DeliveryWriter(channel.session(), channel.number());
        this.room = wish.prefetch();
    }

    @Override
    public String tag() {
        return wish.tag();
    }

    // ---- beginning

    /// Finds the first offset; one of the two runs.
    void start(StreamStart start, Runnable done, Consumer<BrokerError> refused) {
        switch (start) {
            case StreamStart.At(long offset) ->
                    ask(
                            new OffsetQuery.Earliest(),
                            first -> beginAt(Math.max(first.offset(), offset), done),
                            refused);
            case StreamStart.Last _ ->
                    ask(
                            new OffsetQuery.Earliest(),
                            first ->
                                    ask(
                                            new OffsetQuery.Latest(),
                                            end ->
                                                    beginAt(
                                                            Math.max(
                                                                    first.offset(),
                                                                    end.offset() - 1),
                                                            done),
                                            refused),
                            refused);
            case StreamStart.Asked(OffsetQuery query) ->
                    ask(
                            query,
                            found -> {
                                if (found.offset() >= 0) {
                                    beginAt(found.offset(), done);
                                } else {
                                    ask(
                                            new OffsetQuery.Latest(),
                                            end -> beginAt(end.offset(), done),
                                            refused);
                                }
                            },
                            refused);
        }
    }

    private void ask(
            OffsetQuery query, Consumer<OffsetQuery.Answer> found, Consumer<BrokerError> refused) {
        channel.services()
                .broker()
                .offset(partition, query, new Ask<>(channel.session().inbox(), found, refused));
    }

    private void beginAt(long offset, Runnable done) {
        position = offset;
        done.run();
    }

    /// The client knows of it: deliveries may follow.
    void begin() {
        begun = true;
        goOn();
    }

    // ---- deliveries

    private void goOn() {
        while (begun && !over && room > 0 && channel.session().connection().isWritable()) {
            if (!recordIsThere()) {
                fetch();
                return;
            }
            assert records != null : "a record is there";
            long offset = records.offset();
            long deliveryTag = channel.nextTag();
            writer.deliver(
                    records,
                    tag,
                    deliveryTag,
                    false,
                    new DeliveryWriter.Extra.StreamOffset(offset));
            channel.counts().delivered++;
            channel.unsettled().add(deliveryTag, source, offset);
            room--;
            position = offset + 1;
            recordReady = false;
        }
    }

    /// Moves to the next record of the portion that is to be handed out.
    private boolean recordIsThere() {
        while (!recordReady) {
            if (records != null && records.next()) {
                recordReady = records.offset() >= position;
            } else if (!nextBatch()) {
                return false;
            }
        }
        return true;
    }

    private boolean nextBatch() {
        records = null;
        if (!(Parsed.of(portion) instanceof Parsed.Batch(RecordBatch batch))) {
            portion = NOTHING;
            return false;
        }
        portion.position(portion.position() + batch.bytes());
        if (batch.isControl()) {
            position = Math.max(position, batch.nextOffset());
            return true;
        }
        switch (Unpacked.of(batch, BATCH_BYTES_MAX)) {
            case Unpacked.Intact(Records intact) -> records = intact;
            case Unpacked.Malformed(String reason) -> {
                log.warn("passing over {} of {}: {}", batch, partition, reason);
                position = Math.max(position, batch.nextOffset());
            }
        }
        return true;
    }

    private void fetch() {
        if (fetching) {
            return;
        }
        fetching = true;
        var want = new Fetch.Want(partition, position, PORTION_BYTES);
        endWait =
                channel.services()
                        .broker()
                        .fetch(
                                new Fetch(List.of(want), 1, PORTION_BYTES, WAIT_MILLIS),
                                new Fetched());
    }

    /// The answer to a fetch: copied where that may take a while, then taken to the connection's loop.
    private final class Fetched extends Event implements Reply<List<Fetch.Answer>> {
        private @Nullable ByteBuffer bytes;
        private @Nullable BrokerError error;

        @Override
        public void done(List<Fetch.Answer> answers) {
            switch (answers.getFirst()) {
                case Fetch.Answer.Refused(BrokerError why) -> refused(why);
                case Fetch.Answer.Found found -> copy(found.records());
            }
        }

        @Override
        public void refused(BrokerError why) {
            error = why;
            channel.session().inbox().put(this);
        }

        private void copy(Slices slices) {
            boolean inMemory =
                    slices.slices().stream().allMatch(slice -> slice instanceof Slice.InMemory);
            if (inMemory || !channel.services().coldReads().execute(() -> read(slices))) {
                read(slices);
            }
        }

        private void read(Slices slices) {
            try (slices) {
                bytes = slices.copy();
                channel.session().inbox().put(this);
            } catch (IOException failed) {
                refused(new BrokerError.StorageFailed(String.valueOf(failed.getMessage())));
            }
        }

        @Override
        void happen() {
            fetching = false;
            if (over || !channel.isOpen()) {
                return;
            }
            if (error != null) {
                refusedOnLoop(error);
            } else {
                portion = bytes == null ? NOTHING : bytes;
                goOn();
            }
        }

        private void refusedOnLoop(BrokerError why) {
            if (why instanceof BrokerError.OffsetOutOfRange(long _, long start, long end)) {
                // Retention was faster, or the asked for offset is yet to come.
                position = Math.max(start, Math.min(position, end));
                goOn();
                return;
            }
            log.debug("stream consumer {} ends: {}", wish.tag(), why.message());
            over = true;
            channel.consumers().cancelled(StreamConsumption.this);
        }
    }

    /// One of its deliveries was acknowledged, or given back, which means the same here.
    void settled() {
        room++;
    }

    @Override
    public void resume() {
        goOn();
    }

    @Override
    public void credit() {
        goOn();
    }

    // ---- the end

    @Override
    public void cancel(Runnable then) {
        leave();
        // Not before the caller is ready for it.
        channel.session().inbox().put(new Later(then));
    }

    @Override
    public void leave() {
        over = true;
        portion = NOTHING;
        records = null;
        endWait.run();
    }

    private static final class Later extends Event {
        private final Runnable then;

        Later(Runnable then) {
            this.then = then;
        }

        @Override
        void happen() {
            then.run();
        }
    }
}
