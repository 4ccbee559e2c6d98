package io.sluice.transport;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.buffer.UnpooledByteBufAllocator;
import io.sluice.base.Rng;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class FrameReaderTest {
    private static final int FRAME_MAX = 100_000;

    private final MemoryBudget budget = new MemoryBudget(300_000);
    private final UnpooledByteBufAllocator memory = new UnpooledByteBufAllocator(true);
    private final Sink sink = new Sink();
    private final FrameReader reader = new FrameReader(FRAME_MAX, budget, memory, sink);

    /// Keeps what it is given, and wants no more when told so.
    private static final class Sink implements FrameReader.Owner {
        private final Queue<Frame> frames = new ArrayDeque<>();
        private final List<String> complaints = new ArrayList<>();
        private int welcome = Integer.MAX_VALUE;
        private boolean granted;

        @Override
        public void frame(Frame frame) {
            frames.add(frame);
            welcome--;
        }

        @Override
        public boolean welcomesFrames() {
            return welcome > 0;
        }

        @Override
        public void memoryGranted() {
            granted = true;
        }

        @Override
        public void malformed(String reason) {
            complaints.add(reason);
        }

        byte[] take() {
            var frame = frames.remove();
            var bytes = new byte[frame.length()];
            frame.bytes().get(bytes);
            frame.release();
            return bytes;
        }
    }

    @AfterEach
    void nothingIsLeftBehind() {
        while (!sink.frames.isEmpty()) {
            sink.take();
        }
        reader.close();
        assertThat(budget.bytesUsed()).isZero();
        assertThat(memory.metric().usedDirectMemory()).isZero();
    }

    @Test
    void framesComeOutAsTheyWentInHoweverTheStreamIsCut() {
        for (var seed = 1L; seed <= 200; seed++) {
            Rng.run(seed, this::cutAnyhow);
        }
    }

    private void cutAnyhow(Rng rng) {
        var sent = frames(rng, 20, 30_000);
        var stream = stream(sent);
        var arrived = new ArrayList<byte[]>();
        while (stream.hasRemaining()) {
            socketRead(stream, 1 + rng.below(40_000));
            while (!sink.frames.isEmpty()) {
                arrived.add(sink.take());
            }
        }
        assertThat(arrived)
                .map(ByteBuffer::wrap)
                .isEqualTo(sent.stream().map(ByteBuffer::wrap).toList());
    }

    @Test
    void aReaderThatIsHeldUpLosesNothing() {
        for (var seed = 1L; seed <= 200; seed++) {
            Rng.run(seed, this::heldUp);
        }
    }

    private void heldUp(Rng rng) {
        var sent = frames(rng, 60, 2_000);
        var stream = stream(sent);
        var arrived = new ArrayList<byte[]>();
        sink.welcome = 0;
        while (arrived.size() < sent.size()) {
            if (sink.welcomesFrames() && !reader.waitsForMemory() && stream.hasRemaining()) {
                socketRead(stream, 1 + rng.below(20_000));
            }
            if (rng.below(3) == 0) {
                sink.welcome = 1 + rng.below(4);
                reader.resume();
            }
            while (!sink.frames.isEmpty()) {
                arrived.add(sink.take());
            }
        }
        assertThat(arrived)
                .map(ByteBuffer::wrap)
                .isEqualTo(sent.stream().map(ByteBuffer::wrap).toList());
    }

    @Test
    void aLargeFrameIsReadStraightToItsPlace() {
        var stream = stream(List.of(new byte[50_000]));
        reader.accept(next(stream, 100));

        var place = reader.place();

        assert place != null : "a large frame has begun";
        assertThat(place.writableBytes()).isEqualTo(50_000 - 96 + FrameReader.ROOM_BEHIND);
        place.writeBytes(stream);
        reader.accept(place);
        assertThat(sink.take()).hasSize(50_000);
        assertThat(reader.scratchBytes(65_536)).isEqualTo(FrameReader.ROOM_BEHIND);
    }

    @Test
    void aFrameThatIsTooLargeIsRefusedBeforeAnythingIsAllocated() {
        reader.accept(next(ByteBuffer.allocate(4).putInt(FRAME_MAX + 1).flip(), 4));

        assertThat(sink.complaints)
                .containsExactly("a frame of 100001 bytes, where 1 to 100000 are allowed");
        assertThat(memory.metric().usedDirectMemory()).isZero();
    }

    @Test
    void aFrameOfNegativeSizeIsRefused() {
        reader.accept(next(ByteBuffer.allocate(4).putInt(-5).flip(), 4));

        assertThat(sink.complaints).hasSize(1);
    }

    @Test
    void withoutMemoryItStandsStillUntilThereIsSome() {
        budget.reserve(299_950);
        var stream = stream(List.of(new byte[100], new byte[20]));

        reader.accept(next(stream, stream.remaining()));
        assertThat(reader.waitsForMemory()).isTrue();
        assertThat(sink.frames).isEmpty();

        budget.release(299_950);
        assertThat(sink.granted).isTrue();
        reader.granted();
        reader.resume();

        assertThat(sink.take()).hasSize(100);
        assertThat(sink.take()).hasSize(20);
    }

    @Test
    void aConnectionThatEndsWhileItWaitsForMemoryGivesUpItsPlace() {
        budget.reserve(299_950);
        var stream = stream(List.of(new byte[100]));
        reader.accept(next(stream, stream.remaining()));

        reader.close();

        budget.release(299_950);
        assertThat(sink.granted).isFalse();
    }

    @Test
    void aLentPartKeepsTheFrameUntilItIsReleased() {
        var stream = stream(List.of(new byte[] {1, 2, 3, 4}));
        reader.accept(next(stream, stream.remaining()));
        var frame = sink.frames.remove();

        var part = frame.lend(frame.bytes().position(1).slice());
        frame.release();
        assertThat(part.bytes().get(0)).isEqualTo((byte) 2);
        assertThat(budget.bytesUsed()).isEqualTo(4);

        part.release();
        assertThat(budget.bytesUsed()).isZero();
    }

    /// Reads as the socket does: to where the reader says, as much as fits there.
    private void socketRead(ByteBuffer stream, int available) {
        var place = reader.place();
        if (place == null) {
            reader.accept(next(stream, Math.min(available, reader.scratchBytes(65_536))));
        } else {
            var bytes = Math.min(Math.min(available, place.writableBytes()), stream.remaining());
            place.writeBytes(stream.slice(stream.position(), bytes));
            stream.position(stream.position() + bytes);
            reader.accept(place);
        }
    }

    private static ByteBuf next(ByteBuffer stream, int bytes) {
        var some = new byte[Math.min(bytes, stream.remaining())];
        stream.get(some);
        return Unpooled.wrappedBuffer(some);
    }

    private static List<byte[]> frames(Rng rng, int count, int bytesMax) {
        var frames = new ArrayList<byte[]>();
        for (var i = 0; i < count; i++) {
            frames.add(rng.bytes(1 + rng.below(rng.below(4) == 0 ? bytesMax : 100)));
        }
        return frames;
    }

    private static ByteBuffer stream(List<byte[]> frames) {
        var stream = ByteBuffer.allocate(frames.stream().mapToInt(f -> f.length + 4).sum());
        frames.forEach(frame -> stream.putInt(frame.length).put(frame));
        return stream.flip();
    }
}
