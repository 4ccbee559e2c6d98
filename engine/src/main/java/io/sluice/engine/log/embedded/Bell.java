package io.sluice.engine.log.embedded;

/// Tells a duty's thread that there is something to do. Without threads nobody listens.
interface Bell {
    void ring();

    /// A bell whose listener comes later.
    final class Late implements Bell {
        private volatile Bell listener = () -> {};

        void listener(Bell bell) {
            listener = bell;
        }

        @Override
        public void ring() {
            listener.ring();
        }
    }
}
