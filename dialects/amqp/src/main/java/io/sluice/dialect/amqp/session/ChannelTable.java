package io.sluice.dialect.amqp.session;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/// The channels of one connection, by number. Changed by the connection's loop; [#all] may be asked on any thread.
final class ChannelTable {
    private static final int FIRST_ROOM = 8;

    private @Nullable AmqpChannel[] byNumber = new AmqpChannel[FIRST_ROOM];
    private final AtomicReference<List<AmqpChannel>> open = new AtomicReference<>(List.of());

    @Nullable AmqpChannel find(int number) {
        return number < byNumber.length ? byNumber[number] : null;
    }

    void add(AmqpChannel channel) {
        int number = channel.number();
        if (number >= byNumber.length) {
            byNumber = Arrays.copyOf(byNumber, Math.max(2 * byNumber.length, number + 1));
        }
        byNumber[number] = channel;
        publish();
    }

    void remove(AmqpChannel channel) {
        byNumber[channel.number()] = null;
        publish();
    }

    int count() {
        return all().size();
    }

    List<AmqpChannel> all() {
        return open.get();
    }

    private void publish() {
        var all = new ArrayList<AmqpChannel>();
        for (var channel : byNumber) {
            if (channel != null) {
                all.add(channel);
            }
        }
        open.set(List.copyOf(all));
    }
}
