package io.sluice.dialect.amqp.session;

import io.sluice.dialect.amqp.codec.FrameWriter;
import io.sluice.dialect.amqp.codec.Octets;

/// The consumer of a channel's direct replies.
final class ReplyConsumer {
    private final AmqpChannel channel;
    private final String tag;
    private final Octets tagOctets;
    private final ReplyAddresses addresses;
    private final String address;

    ReplyConsumer(AmqpChannel channel, String tag, ReplyAddresses addresses) {
        this.channel = channel;
        this.tag = tag;
        this.tagOctets = Octets.of(tag);
        this.addresses = addresses;
        this.address = QueueNames.random(ReplyAddresses.PREFIX, channel.services());
        addresses.add(address, this);
    }

    String tag() {
        return tag;
    }

    /// What requests say in their property `reply-to`.
    String address() {
        return address;
    }

    /// On any thread.
    ///
    /// @param reply kept
    void send(Content reply) {
        channel.session().inbox().put(new Replied(reply));
    }

    void leave() {
        addresses.remove(address);
    }

    private final class Replied extends Event {
        private final Content reply;

        Replied(Content reply) {
            this.reply = reply;
        }

        @Override
        void happen() {
            if (!channel.isOpen() || channel.consumers().replyConsumer() != ReplyConsumer.this) {
                return;
            }
            var output = channel.session().output();
            FrameWriter.deliver(
                    channel.number(),
                    channel.session().frameBytesMax(),
                    tagOctets,
                    channel.nextTag(),
                    false,
                    reply.publish().exchange().buffer(),
                    reply.publish().routingKey().buffer(),
                    reply.properties().raw(),
                    reply.body(),
                    output.open());
            output.close();
            channel.counts().delivered++;
        }
    }
}
