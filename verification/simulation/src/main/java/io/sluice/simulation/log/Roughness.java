package io.sluice.simulation.log;

/// How much goes wrong in a world.
enum Roughness {
    /// Nothing but what was set up on the disk before.
    CALM,

    /// Everything sooner or later.
    ROUGH,

    /// That too, and often a process ends while the machine lives on: the next one reads what that one wrote, whether it ever reached the
    /// disk or not.
    KILLED
}
