package io.sluice.simulation.disk;

import io.sluice.engine.storage.Storage;
import java.util.Map;
import java.util.TreeMap;
import java.util.random.RandomGenerator;

/// A disk that outlives the processes that use it. Each process boots its own [Storage]; when the power goes, that one is dead
/// and the next boot finds what survived.
public final class SimulatedDisk {
    private final RandomGenerator random;
    private final Names names = new Names();
    private Faults faults = Faults.NONE;
    private long capacityBytes = Long.MAX_VALUE;
    private long boundaries;
    private long crashAt = Long.MAX_VALUE;
    private int boots;

    /// @param random decides what a crash keeps and when a fault strikes
    public SimulatedDisk(RandomGenerator random) {
        this.random = random;
    }

    /// Starts a new process on what is there. Storages of earlier boots are dead.
    public Storage boot() {
        boots++;
        return new SimulatedStorage(this, boots);
    }

    /// Takes the power away now.
    public void crash() {
        boots++;
        crashAt = Long.MAX_VALUE;
        names.crash(random);
        names.files().values().forEach(inode -> inode.crash(random));
    }

    /// Takes the power away at the `n`th change of the disk from now on: that call throws [PowerLoss], having done part of its
    /// work or none, and so does every later one of that boot.
    public void crashAfter(long n) {
        crashAt = boundaries + n;
    }

    /// Calls off what [#crashAfter] announced.
    public void keepPower() {
        crashAt = Long.MAX_VALUE;
    }

    public void faults(Faults now) {
        faults = now;
    }

    public void capacity(long bytes) {
        capacityBytes = bytes;
    }

    /// How many calls have changed, or tried to change, the disk so far: the places at which the power could have gone.
    public long boundaries() {
        return boundaries;
    }

    /// Turns over one bit of a stored file.
    public void flip(String path, long bit) {
        var inode = names.files().get(path);
        if (inode == null) {
            throw new IllegalArgumentException("no file " + path);
        }
        inode.flip(bit);
    }

    /// The files there are now, with their sizes in bytes.
    public Map<String, Integer> files() {
        var sizes = new TreeMap<String, Integer>();
        names.files().forEach((path, inode) -> sizes.put(path, inode.size()));
        return sizes;
    }

    Names names() {
        return names;
    }

    RandomGenerator random() {
        return random;
    }

    long free() {
        var used = names.files().values().stream().mapToLong(Inode::size).sum();
        return Math.max(0, capacityBytes - used);
    }

    /// Whether a fault of this probability strikes now.
    boolean strikes(double probability) {
        return probability > 0 && random.nextDouble() < probability;
    }

    Faults faults() {
        return faults;
    }

    void checkPower(int boot) {
        if (boot != boots || boundaries >= crashAt) {
            throw new PowerLoss(boundaries);
        }
    }

    /// One more change of the disk is about to happen.
    ///
    /// @return false when it is the one during which the power goes
    boolean boundary(int boot) {
        checkPower(boot);
        boundaries++;
        return boundaries < crashAt;
    }
}
