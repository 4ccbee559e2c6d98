package io.sluice.simulation.disk;

/// How often which call fails, each from 0 (never) to 1 (always).
///
/// @param write a write that fails with an I/O error, some of its bytes written
/// @param force a force that fails; what it should have forced is then lost or kept sector by sector, and a later force that
///     succeeds says nothing about it
/// @param read a read that fails with an I/O error
/// @param shortRead a read that gives fewer bytes than were asked for and are there
public record Faults(double write, double force, double read, double shortRead) {
    /// A disk without bad moods; only crashes.
    public static final Faults NONE = new Faults(0, 0, 0, 0);
}
