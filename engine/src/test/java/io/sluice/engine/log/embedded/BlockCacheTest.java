package io.sluice.engine.log.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

final class BlockCacheTest {
    private static final int BYTES = 4096;

    private final BlockCache cache = new BlockCache(BYTES, 4 * BYTES);

    @Test
    void theOldestLeavesWhenThereIsNoRoom() {
        var blocks = fresh(5);

        assertThat(blocks).filteredOn(cache::hold).containsExactlyElementsOf(blocks.subList(1, 5));
    }

    @Test
    void atRestOnlyTheNewestStay() {
        var blocks = fresh(4);

        cache.rest();

        assertThat(blocks).filteredOn(cache::hold).containsExactlyElementsOf(blocks.subList(2, 4));
    }

    @Test
    void whatLeavesAtRestGivesItsMemoryBack() {
        var gone = fresh(4).getFirst().memory();

        cache.rest();

        assertThatThrownBy(() -> gone.get(0)).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void aReaderKeepsTheMemoryOfItsBlock() {
        var oldest = fresh(4).getFirst();
        var view = oldest.view(0, BYTES);
        cache.hold(oldest);

        cache.rest();
        assertThat(view.get(0)).isZero();
        oldest.letGo();
        cache.rest();

        assertThatThrownBy(() -> view.get(0)).isInstanceOf(IllegalStateException.class);
    }

    private List<Block> fresh(int count) {
        return Stream.generate(cache::fresh).limit(count).toList();
    }
}
