package io.sluice.dialect.amqp.session;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.dialect.amqp.codec.ChannelMethod;
import org.junit.jupiter.api.Test;

class HeartbeatsTest {
    private static final byte[] HEARTBEAT = {8, 0, 0, 0, 0, 0, 0, (byte) 0xCE};

    private final FakeConnection connection = new FakeConnection();
    private final Output output = new Output(connection);
    private final ReadGate gate = new ReadGate(connection);
    private final Heartbeats heartbeats = new Heartbeats(connection, output, gate);

    @Test
    void aQuietSideShowsThatItIsAliveTwicePerInterval() {
        heartbeats.start(10);
        connection.pass(4_999);
        assertThat(connection.takeSent()).isEmpty();

        connection.pass(1);
        assertThat(connection.takeSent()).containsExactly(HEARTBEAT);

        connection.pass(5_000);
        assertThat(connection.takeSent()).containsExactly(HEARTBEAT);
    }

    @Test
    void whoHasJustSentSomethingSendsNoHeartbeat() {
        heartbeats.start(10);
        connection.pass(4_000);
        output.method(1, new ChannelMethod.CloseOk());
        output.flush();
        assertThat(connection.takeSent()).hasSize(1);

        connection.pass(1_000);
        assertThat(connection.takeSent()).isEmpty();

        connection.pass(5_000);
        assertThat(connection.takeSent()).containsExactly(HEARTBEAT);
    }

    @Test
    void aPeerThatIsSilentForMoreThanTwoIntervalsIsAlone() {
        heartbeats.start(10);

        connection.pass(20_000);
        assertThat(connection.end()).isEmpty();

        connection.pass(5_000);
        assertThat(connection.end()).contains("missed heartbeats from client");
    }

    @Test
    void whateverThePeerSaysCounts() {
        heartbeats.start(10);
        for (int i = 0; i < 10; i++) {
            connection.pass(19_000);
            heartbeats.heard();
        }

        assertThat(connection.end()).isEmpty();

        connection.pass(25_000);
        assertThat(connection.end()).isPresent();
    }

    @Test
    void aPeerThatIsNotListenedToIsNotTakenForSilent() {
        heartbeats.start(10);
        connection.pass(15_000);
        gate.close(ReadGate.Reason.MEMORY);
        assertThat(connection.isReading()).isFalse();

        connection.pass(60_000);
        assertThat(connection.end()).isEmpty();

        // From here on it has its full time again.
        gate.open(ReadGate.Reason.MEMORY);
        connection.pass(20_000);
        assertThat(connection.end()).isEmpty();
        connection.pass(5_000);
        assertThat(connection.end()).isPresent();
    }

    @Test
    void withoutAnIntervalThereAreNone() {
        heartbeats.start(0);

        connection.pass(1_000_000);

        assertThat(connection.takeSent()).isEmpty();
        assertThat(connection.end()).isEmpty();
        assertThat(connection.hasTasks()).isFalse();
    }

    @Test
    void theyEndWhenTheyAreStopped() {
        heartbeats.start(10);
        connection.pass(5_000);
        connection.takeSent();

        heartbeats.stop();
        connection.pass(1_000_000);

        assertThat(connection.takeSent()).isEmpty();
        assertThat(connection.hasTasks()).isFalse();
    }
}
