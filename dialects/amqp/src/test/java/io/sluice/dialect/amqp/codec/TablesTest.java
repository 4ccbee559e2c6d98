package io.sluice.dialect.amqp.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.rabbitmq.client.impl.LongStringHelper;
import com.rabbitmq.client.impl.ValueReader;
import com.rabbitmq.client.impl.ValueWriter;
import io.sluice.base.Rng;
import io.sluice.dialect.amqp.codec.Value.Width;
import java.io.ByteArrayInputStream;
import java.io.DataInputStream;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class TablesTest {
    @Test
    void theClientsTypesAreWrittenAsTheClientWritesThem() throws Exception {
        var theirs = new LinkedHashMap<String, @Nullable Object>();
        theirs.put("text", LongStringHelper.asLongString("gr\u00fc\u00dfe"));
        theirs.put("int", 60000);
        theirs.put("decimal", new BigDecimal("12.34"));
        theirs.put("time", Wire.date(1_700_000_000L));
        theirs.put("table", Map.of("inner", true));
        theirs.put("byte", (byte) -3);
        theirs.put("double", 0.25);
        theirs.put("float", 0.5f);
        theirs.put("long", 1L << 40);
        theirs.put("short", (short) -300);
        theirs.put("bool", false);
        theirs.put("bytes", new byte[] {1, 2, (byte) 0xFF});
        theirs.put("nothing", null);
        theirs.put("array", Arrays.asList("a", 1, null, List.of(2L)));
        var ours = new LinkedHashMap<String, Value>();
        ours.put("text", Value.text("gr\u00fc\u00dfe"));
        ours.put("int", new Value.Whole(Width.INT32, 60000));
        ours.put("decimal", new Value.Decimal(2, 1234));
        ours.put("time", new Value.Timestamp(1_700_000_000L));
        ours.put("table", Table.of("inner", Value.bool(true)));
        ours.put("byte", new Value.Whole(Width.INT8, -3));
        ours.put("double", new Value.Float64(0.25));
        ours.put("float", new Value.Float32(0.5f));
        ours.put("long", Value.number(1L << 40));
        ours.put("short", new Value.Whole(Width.INT16, -300));
        ours.put("bool", Value.bool(false));
        ours.put(
                "bytes",
                new Value.Bytes(Octets.of(ByteBuffer.wrap(new byte[] {1, 2, (byte) 0xFF}))));
        ours.put("nothing", new Value.Nothing());
        ours.put(
                "array",
                new Value.Array(
                        List.of(
                                Value.text("a"),
                                new Value.Whole(Width.INT32, 1),
                                new Value.Nothing(),
                                new Value.Array(List.of(Value.number(2))))));
        var golden =
                Wire.theirs(
                        out -> {
                            var writer = new ValueWriter(out);
                            writer.writeTable(theirs);
                            writer.flush();
                        });

        assertThat(Wire.array(bytes(new Table(ours)))).isEqualTo(Wire.array(golden));
        assertThat(read(golden)).isEqualTo(new Table(ours));
        assertThat(List.copyOf(read(golden).fields().keySet()))
                .isEqualTo(List.copyOf(theirs.keySet()));
    }

    @Test
    void unsignedNumbersThatTheClientOnlyReadsAreReadByIt() throws Exception {
        var table = new LinkedHashMap<String, Value>();
        table.put("B", new Value.Whole(Width.UINT8, 200));
        table.put("u", new Value.Whole(Width.UINT16, 40_000));
        table.put("i", new Value.Whole(Width.UINT32, 3_000_000_000L));
        var bytes = Wire.array(bytes(new Table(table)));
        try (var in = new DataInputStream(new ByteArrayInputStream(bytes))) {
            assertThat(new ValueReader(in).readTable())
                    .isEqualTo(Map.of("B", 200, "u", 40_000, "i", 3_000_000_000L));
        }
        assertThat(read(ByteBuffer.wrap(bytes))).isEqualTo(new Table(table));
    }

    @Test
    void aTableIsReadAsItWasWrittenAndWrittenAsItWasRead() {
        for (long seed = 1; seed <= 1000; seed++) {
            Rng.run(
                    seed,
                    rng -> {
                        var table = Values.table(rng, 4);
                        var bytes = bytes(table);
                        var read = read(bytes);
                        assertThat(read).isEqualTo(table);
                        assertThat(bytes(read)).isEqualTo(bytes);
                    });
        }
    }

    @Test
    void aTableThatIsReadIsATableThatIsPassedOver() {
        for (long seed = 1; seed <= 5000; seed++) {
            Rng.run(seed, TablesTest::spoilt);
        }
    }

    /// Reading and passing over agree on what is a table, and neither fails in another way.
    private static void spoilt(Rng rng) {
        var bytes = Wire.array(bytes(Values.table(rng, 3)));
        for (int i = rng.below(4); i > 0; i--) {
            bytes[rng.below(bytes.length)] = (byte) rng.nextLong();
        }
        int length = rng.chance(80) ? bytes.length : rng.below(bytes.length);
        boolean isTable = true;
        try {
            new WireReader(ByteBuffer.wrap(bytes), 0, length).table();
        } catch (MalformedException malformed) {
            isTable = false;
        }
        boolean isPassed = true;
        try {
            TableReader.skipTable(new WireReader(ByteBuffer.wrap(bytes), 0, length), 1);
        } catch (MalformedException malformed) {
            isPassed = false;
        }
        assertThat(isPassed).isEqualTo(isTable);
    }

    @Test
    void whatIsLongerThanItsTableIsRefusedBeforeMemoryIsTakenForIt() {
        assertMalformed(0x7F, 0xFF, 0xFF, 0xFF);
        assertMalformed(0xFF, 0xFF, 0xFF, 0xFF);
        assertMalformed(0, 0, 0, 7, 1, 'a', 'S', 0x7F, 0xFF, 0xFF, 0xFF);
        assertMalformed(0, 0, 0, 7, 1, 'a', 'x', 0xFF, 0xFF, 0xFF, 0xFF);
        assertMalformed(0, 0, 0, 7, 1, 'a', 'A', 0x7F, 0xFF, 0xFF, 0xFF);
        assertMalformed(0, 0, 0, 2, 9, 'a');
        assertMalformed(0, 0, 0, 3, 1, 'a', '?');
    }

    @Test
    void aFieldOfATableDoesNotReachBeyondIt() {
        // The inner table has three bytes, its text says six; the outer table would have them.
        assertMalformed(
                0, 0, 0, 17, 1, 'a', 'F', 0, 0, 0, 3, 1, 'b', 'S', 0, 0, 0, 2, 'x', 'y', 'z');
    }

    @Test
    void tablesLieInEachOther32DeepAndNoDeeper() throws Exception {
        assertThat(read(bytes(nested(31)))).isEqualTo(nested(31));
        var tooDeep = bytes(nested(32));
        assertThatThrownBy(() -> reader(tooDeep).table()).isInstanceOf(MalformedException.class);
        assertThatThrownBy(() -> TableReader.skipTable(reader(tooDeep), 1))
                .isInstanceOf(MalformedException.class);
    }

    @Test
    void aNameThatComesTwiceMeansItsFirstValue() throws Exception {
        var bytes = new byte[] {0, 0, 0, 8, 1, 'a', 't', 1, 1, 'a', 't', 0};
        assertThat(read(ByteBuffer.wrap(bytes))).isEqualTo(Table.of("a", Value.bool(true)));
    }

    private static Table nested(int depth) {
        return depth == 0 ? Table.EMPTY : Table.of("t", nested(depth - 1));
    }

    private static void assertMalformed(int... values) {
        var bytes = ByteBuffer.allocate(values.length);
        for (int value : values) {
            bytes.put((byte) value);
        }
        assertThatThrownBy(() -> reader(bytes.rewind()).table())
                .isInstanceOf(MalformedException.class);
        assertThatThrownBy(() -> TableReader.skipTable(reader(bytes.rewind()), 1))
                .isInstanceOf(MalformedException.class);
    }

    private static ByteBuffer bytes(Table table) {
        return Wire.ours(into -> new WireWriter(into).table(table));
    }

    private static Table read(ByteBuffer bytes) throws MalformedException {
        var reader = reader(bytes);
        var table = reader.table();
        assertThat(reader.hasMore()).isFalse();
        return table;
    }

    private static WireReader reader(ByteBuffer bytes) {
        return new WireReader(bytes, bytes.position(), bytes.remaining());
    }
}
