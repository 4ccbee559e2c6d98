package io.sluice.dialect.amqp.session;

/// Runs something when so many others have come.
final class Countdown implements Runnable {
    private final Runnable then;
    private int left;

    /// @param count 0: at once
    Countdown(int count, Runnable then) {
        this.left = count;
        this.then = then;
        if (count == 0) {
            then.run();
        }
    }

    /// One has come.
    @Override
    public void run() {
        left--;
        if (left == 0) {
            then.run();
        }
    }
}
