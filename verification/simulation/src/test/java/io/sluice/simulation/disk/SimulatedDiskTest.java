package io.sluice.simulation.disk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sluice.engine.storage.NoSpaceException;
import io.sluice.engine.storage.Storage;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/// The simulator is only worth what its disk is: each of its lies is shown here.
class SimulatedDiskTest {
    @Test
    void whatWasForcedSurvivesEveryCrash() throws IOException {
        for (var seed = 0; seed < 50; seed++) {
            var disk = new SimulatedDisk(new SplittableRandom(seed));
            var storage = disk.boot();
            write(storage, "a", 0, filled(5_000, 1));
            storage.open("a", false).force();
            storage.forceDirectory("");
            disk.crash();
            assertThat(read(disk.boot(), "a")).isEqualTo(filled(5_000, 1));
        }
    }

    @Test
    void whatWasNotForcedIsKeptOrLostSectorBySector() throws IOException {
        Set<String> outcomes = new HashSet<>();
        for (var seed = 0; seed < 200; seed++) {
            var disk = new SimulatedDisk(new SplittableRandom(seed));
            var storage = disk.boot();
            write(storage, "a", 0, filled(1_024, 1));
            storage.open("a", false).force();
            storage.forceDirectory("");
            write(storage, "a", 0, filled(1_024, 2));
            disk.crash();
            var bytes = read(disk.boot(), "a");
            outcomes.add(bytes[0] + "," + bytes[1_023] + (bytes[0] == bytes[511] ? "" : " torn"));
        }
        assertThat(outcomes)
                .contains("1,1", "1,2", "2,1", "2,2")
                .anyMatch(outcome -> outcome.endsWith("torn"));
    }

    @Test
    void aRenameWithoutAForcedDirectoryMayBeLost() throws IOException {
        Set<Set<String>> outcomes = new HashSet<>();
        for (var seed = 0; seed < 50; seed++) {
            var disk = new SimulatedDisk(new SplittableRandom(seed));
            var storage = disk.boot();
            storage.open("new", true);
            storage.forceDirectory("");
            storage.rename("new", "final");
            disk.crash();
            outcomes.add(disk.files().keySet());
        }
        assertThat(outcomes).containsExactlyInAnyOrder(Set.of("new"), Set.of("final"));
    }

    @Test
    void aFailedForceForgetsWhatItShouldHaveForced() throws IOException {
        var lost = 0;
        for (var seed = 0; seed < 50; seed++) {
            var disk = new SimulatedDisk(new SplittableRandom(seed));
            var storage = disk.boot();
            var file = storage.open("a", true);
            storage.forceDirectory("");
            write(storage, "a", 0, filled(512, 1));
            disk.faults(new Faults(0, 1, 0, 0));
            assertThatThrownBy(file::force).isInstanceOf(IOException.class);
            disk.faults(Faults.NONE);
            file.force();
            disk.crash();
            lost += Arrays.equals(read(disk.boot(), "a"), filled(512, 1)) ? 0 : 1;
        }
        assertThat(lost).isPositive().isLessThan(50);
    }

    @Test
    void aFullDiskTakesWhatStillFitsAndThenRefuses() throws IOException {
        var disk = new SimulatedDisk(new SplittableRandom(1));
        disk.capacity(1_000);
        var storage = disk.boot();
        assertThatThrownBy(() -> write(storage, "a", 0, filled(1_500, 1)))
                .isInstanceOf(NoSpaceException.class);
        assertThat(disk.files()).containsEntry("a", 1_000);
        assertThat(storage.usableBytes()).isZero();
        write(storage, "a", 0, filled(1_000, 2));
    }

    @Test
    void afterThePowerWentEveryCallOfThatBootFails() throws IOException {
        var disk = new SimulatedDisk(new SplittableRandom(1));
        var storage = disk.boot();
        var file = storage.open("a", true);
        disk.crashAfter(2);
        file.write(0, ByteBuffer.wrap(filled(10, 1)));
        assertThatThrownBy(file::force).isInstanceOf(PowerLoss.class);
        assertThatThrownBy(() -> file.read(0, ByteBuffer.allocate(1)))
                .isInstanceOf(PowerLoss.class);
        disk.crash();
        assertThatThrownBy(() -> storage.list("")).isInstanceOf(PowerLoss.class);
        assertThat(disk.boot().list("")).isSubsetOf("a");
    }

    private static void write(Storage storage, String path, long position, byte[] bytes)
            throws IOException {
        storage.open(path, true).write(position, ByteBuffer.wrap(bytes));
    }

    private static byte[] read(Storage storage, String path) throws IOException {
        var file = storage.open(path, false);
        var bytes = ByteBuffer.allocate(Math.toIntExact(file.size()));
        file.read(0, bytes);
        return bytes.array();
    }

    private static byte[] filled(int length, int value) {
        var bytes = new byte[length];
        Arrays.fill(bytes, (byte) value);
        return bytes;
    }
}
