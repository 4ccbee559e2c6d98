package io.sluice.engine.log.embedded;

import io.sluice.engine.drive.Bell;

/// A bell whose listener comes later. Without threads nobody listens.
final class LateBell implements Bell {
    private volatile Bell listener = () -> {};

    void listener(Bell bell) {
        listener = bell;
    }

    @Override
    public void ring() {
        listener.ring();
    }

    @Override
    public void insist() {
        listener.insist();
    }
}
