package io.sluice.base;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class PersistentMapTest {
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4})
    void randomChangesGiveWhatATreeMapGivesAndLeaveOlderMapsAlone(long seed) {
        var random = new Random(seed);
        var map = PersistentMap.<Integer, String>empty();
        var model = new TreeMap<Integer, String>();
        var older = map;
        var olderModel = new TreeMap<>(model);
        for (int step = 0; step < 3_000; step++) {
            int key = random.nextInt(300);
            if (random.nextInt(5) < 3) {
                map = map.with(key, "v" + step);
                model.put(key, "v" + step);
            } else {
                map = map.without(key);
                model.remove(key);
            }
            if (step % 250 == 0) {
                assertThat(older.values())
                        .as("seed " + seed)
                        .containsExactlyElementsOf(olderModel.values());
                older = map;
                olderModel = new TreeMap<>(model);
            }
            assertThat(map.get(key)).as("seed " + seed).isEqualTo(model.get(key));
            assertThat(map.size()).as("seed " + seed).isEqualTo(model.size());
        }
        assertThat(map.keys()).as("seed " + seed).containsExactlyElementsOf(model.keySet());
        assertThat(map.values()).as("seed " + seed).containsExactlyElementsOf(model.values());
    }

    @Test
    void aMapOfSortedKeysIsAsFlatAsOneOfRandomKeys() {
        var map = PersistentMap.<Integer, Integer>empty();
        for (int key = 0; key < 100_000; key++) {
            map = map.with(key, key);
        }
        assertThat(map.height()).isLessThan(25);
        assertThat(new ArrayList<>(map.keys())).isSorted().hasSize(100_000);
    }
}
