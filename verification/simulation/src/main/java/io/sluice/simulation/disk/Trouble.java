package io.sluice.simulation.disk;

import java.util.random.RandomGenerator;

/// What goes wrong with the disk of a world, in the measures in which it does in all of them. Each trouble lasts until another one of its kind, or
/// until it is ended.
public final class Trouble {
    private static final int ROOM_LEFT_MAX = 64 << 10;

    private final SimulatedDisk disk;
    private final RandomGenerator random;
    private boolean full;
    private boolean readsMayFail;

    /// @param random of the world: when what happens is part of its steps
    public Trouble(SimulatedDisk disk, RandomGenerator random) {
        this.disk = disk;
        this.random = random;
    }

    /// The power goes and comes back.
    public void powerGoes() {
        disk.crash();
    }

    /// The power will go at one of the next `changes` of the disk.
    public void powerGoesWithin(int changes) {
        disk.crashAfter(1 + random.nextInt(changes));
    }

    /// What may happen to the start of a process: in one of four the power goes within so many changes of the disk, in another one reads fail.
    public void befallsAStart(int changes) {
        switch (random.nextInt(4)) {
            case 0 -> powerGoesWithin(changes);
            case 1 -> readsFail();
            default -> {
                // Nothing does.
            }
        }
    }

    /// The power will not go, whatever was announced.
    public void powerStays() {
        disk.keepPower();
    }

    /// @param probability of each force
    public void forcesFail(double probability) {
        set(new Faults(0, probability, 0, 0));
    }

    public void writesFail() {
        set(new Faults(0.1, 0, 0, 0));
    }

    public void readsFail() {
        set(new Faults(0, 0, 0.1, 0));
    }

    public void readsAreShort() {
        set(new Faults(0, 0, 0, 0.5));
    }

    /// No call fails by chance any more. A full disk stays full.
    public void noFaults() {
        set(Faults.NONE);
    }

    private void set(Faults faults) {
        readsMayFail = faults.read() > 0;
        disk.faults(faults);
    }

    /// Whether a read that fails has a reason; the same read may succeed when it is tried again.
    public boolean readsMayFail() {
        return readsMayFail;
    }

    /// There is little room left.
    public void fillUp() {
        full = true;
        disk.capacity(
                disk.files().values().stream().mapToLong(Integer::longValue).sum()
                        + random.nextInt(ROOM_LEFT_MAX));
    }

    public void makeRoom() {
        full = false;
        disk.capacity(Long.MAX_VALUE);
    }

    public void fillUpOrMakeRoom() {
        if (full) {
            makeRoom();
        } else {
            fillUp();
        }
    }

    /// Whether a refusal for want of room has a reason.
    public boolean isFull() {
        return full;
    }

    /// Nothing fails any more but the power, where that was announced.
    public void end() {
        noFaults();
        makeRoom();
    }
}
