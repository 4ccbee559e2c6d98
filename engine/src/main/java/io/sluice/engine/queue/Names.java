package io.sluice.engine.queue;

import io.sluice.base.Varint;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Texts that come again and again, such as consumers' names, each kept once under a small number. There is room for so many; those that nobody uses any more make room
/// for others. Owned by its queue's state.
final class Names {
    static final int MAX = 4_096;
    private static final int UTF8_MAX = 3;

    /// What a text becomes for which there is no room.
    private static final int OTHER = 1;

    private final Map<String, Integer> numbers = new HashMap<>();
    private final List<String> texts = new ArrayList<>();
    private final BitSet free = new BitSet();
    private int refused;

    /// Says which numbers are still used.
    interface Uses {
        void addTo(BitSet used);
    }

    Names() {
        add("");
        add("...");
    }

    private void add(String text) {
        numbers.put(text, texts.size());
        texts.add(text);
    }

    /// Looks for what nobody uses any more, should so many not find room; not every time where that is in vain.
    void makeRoom(int wanted, Uses uses) {
        if (MAX - texts.size() + free.cardinality() < wanted && refused++ % MAX == 0) {
            sweep(uses);
        }
    }

    int number(String text) {
        var known = numbers.get(text);
        if (known != null) {
            return known;
        }
        if (texts.size() < MAX) {
            add(text);
            return texts.size() - 1;
        }
        int number = free.nextSetBit(0);
        if (number < 0) {
            return OTHER;
        }
        free.clear(number);
        texts.set(number, text);
        numbers.put(text, number);
        return number;
    }

    private void sweep(Uses uses) {
        var used = new BitSet(MAX);
        used.set(0, OTHER + 1);
        uses.addTo(used);
        for (int number = used.nextClearBit(0);
                number < texts.size();
                number = used.nextClearBit(number + 1)) {
            numbers.remove(texts.get(number), number);
            free.set(number);
        }
        if (free.cardinality() > MAX / 2) {
            refused = 0;
        }
    }

    long writtenBytesMax() {
        long bytes = Varint.MAX_BYTES;
        for (var text : texts) {
            bytes += Varint.MAX_BYTES + (long) UTF8_MAX * text.length();
        }
        return bytes;
    }

    void write(ByteBuffer into) {
        Varint.write(texts.size(), into);
        texts.forEach(text -> Failed.write(text, into));
    }

    /// Into one in which there is nothing yet. Those that were free are used once more, until there is no room.
    void read(ByteBuffer from) {
        texts.clear();
        numbers.clear();
        for (long left = Varint.read(from); left > 0; left--) {
            var text = Failed.readText(from);
            numbers.putIfAbsent(text, texts.size());
            texts.add(text);
        }
    }

    String text(int number) {
        return texts.get(number);
    }

    int size() {
        return numbers.size();
    }
}
