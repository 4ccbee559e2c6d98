package io.sluice.dialect.amqp.session;

import io.sluice.broker.BrokerError;
import io.sluice.broker.Catalog;
import io.sluice.broker.Reply;
import io.sluice.broker.queue.QueuePart;
import io.sluice.broker.security.User;
import io.sluice.dialect.amqp.codec.AccessMethod;
import io.sluice.dialect.amqp.codec.BasicMethod;
import io.sluice.dialect.amqp.codec.ChannelMethod;
import io.sluice.dialect.amqp.codec.ConfirmMethod;
import io.sluice.dialect.amqp.codec.ConnectionMethod;
import io.sluice.dialect.amqp.codec.ContentHeader;
import io.sluice.dialect.amqp.codec.ExchangeMethod;
import io.sluice.dialect.amqp.codec.Frame;
import io.sluice.dialect.amqp.codec.FrameType;
import io.sluice.dialect.amqp.codec.Method;
import io.sluice.dialect.amqp.codec.ProtocolError;
import io.sluice.dialect.amqp.codec.QueueMethod;
import io.sluice.dialect.amqp.codec.TxMethod;
import java.util.HashSet;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// One channel: takes frames in order and routes their methods to the families.
///
/// What a method asks of the broker is answered later. Until then the channel is *busy*: what comes for it waits in order, while other
/// channels go on.
final class AmqpChannel {
    private final AmqpSession session;
    private final int number;
    private final ConnectionState.Open opened;
    private final long owner;
    private final ContentAssembly assembly;
    private final InputOrder input;
    private final Appends appends = new Appends();
    private final Publishes publishes;
    private final Unsettled unsettled = new Unsettled();
    private final Settlements settlements;
    private final Consumers consumers;
    private final Set<QueuePart> touched = new HashSet<>();
    private final ChannelCounts counts = new ChannelCounts();

    private final BasicPublish publish;
    private final BasicMethods basic;
    private final ExchangeMethods exchanges;
    private final QueueMethods queues;
    private final TxMethods tx;

    private ChannelState state = new ChannelState.Open();
    private @Nullable Transaction transaction;
    private @Nullable Method current;
    private String lastQueue = "";
    private long nextTag = 1;
    private boolean left;
    private boolean inWork;

    AmqpChannel(AmqpSession session, int number, ConnectionState.Open opened) {
        this.session = session;
        this.number = number;
        this.opened = opened;
        var broker = session.services().broker();
        this.owner = broker.queues().nextConsumerId();
        this.settlements = new Settlements(broker.queues(), owner);
        this.input = new InputOrder(this, session.deferredBytes());
        this.assembly = new ContentAssembly(this);
        this.publishes = new Publishes(this);
        this.consumers = new Consumers(this);
        this.publish = new BasicPublish(this);
        this.basic = new BasicMethods(this);
        this.exchanges = new ExchangeMethods(this);
        this.queues = new QueueMethods(this);
        this.tx = new TxMethods(this);
    }

    // ---- frames

    void take(Frame frame) {
        switch (state) {
            case ChannelState.Open _ -> takeOpen(frame);
            case ChannelState.Closing _ -> takeClosing(frame);
            case ChannelState.Gone _ -> {
                // The number is free again; nothing comes here.
            }
        }
    }

    private void takeOpen(Frame frame) {
        switch (frame.type()) {
            case METHOD -> takeMethod(frame);
            case HEADER -> {
                switch (ContentHeader.decode(frame)) {
                    case ContentHeader header -> assembly.header(header);
                    case ProtocolError error -> session.fail(error);
                }
            }
            case BODY -> assembly.body(frame);
            case HEARTBEAT -> {
                // Counts as traffic, which was noticed.
            }
        }
    }

    private void takeMethod(Frame frame) {
        if (assembly.isUnderWay()) {
            session.fail(
                    Fault.unexpectedFrame(
                            "expected content header for class 60, got non content header frame instead"));
            return;
        }
        switch (session.methodDecoder().decode(frame)) {
            case BasicMethod.Publish method -> assembly.begin(method);
            case ProtocolError error -> session.fail(error);
            case Method method -> input.take(method);
        }
    }

    private void takeClosing(Frame frame) {
        if (frame.type() != FrameType.METHOD) {
            return;
        }
        switch (Method.decode(frame)) {
            case ChannelMethod.CloseOk _ -> gone();
            case ChannelMethod.Close _ -> {
                session.output().method(number, new ChannelMethod.CloseOk());
                gone();
            }
            case Method _, ProtocolError _ -> {
                // Was sent before the peer knew.
            }
        }
    }

    /// A whole message has come.
    void published(Content content) {
        input.take(content);
    }

    void run(Content content) {
        if (session.blocking().holds(this)) {
            input.holdBack(content);
            return;
        }
        current = content.publish();
        publish.handle(content);
    }

    void run(Method method) {
        current = method;
        switch (method) {
            case BasicMethod basicMethod -> basic.handle(basicMethod);
            case QueueMethod queueMethod -> queues.handle(queueMethod);
            case ExchangeMethod exchangeMethod -> exchanges.handle(exchangeMethod);
            case ChannelMethod channelMethod -> ChannelMethods.handle(channelMethod, this);
            case ConfirmMethod confirmMethod -> ConfirmMethods.handle(confirmMethod, this);
            case AccessMethod accessMethod -> AccessMethods.handle(accessMethod, this);
            case TxMethod txMethod -> tx.handle(txMethod);
            case ConnectionMethod _ -> fail(Fault.commandInvalid("unimplemented method"));
        }
    }

    // ---- questions to the broker

    /// Asks something and is busy until the answer is there.
    <T> void ask(Consumer<Reply<T>> question, Consumer<T> done, Consumer<BrokerError> refused) {
        input.stop();
        question.accept(
                new Ask<T>(
                        session.inbox(),
                        value -> input.goOn(() -> done.accept(value)),
                        error -> input.goOn(() -> refused.accept(error))));
    }

    /// Is busy until `then` can be run because all that was published here has arrived, and hands on what was settled: so that a
    /// client sees what it did itself.
    void afterOwnWork(Runnable then) {
        session.publishing().flush();
        settlements.flush();
        input.stop();
        appends.whenNone(() -> input.goOn(then));
    }

    /// Is busy until [#resume].
    void pause() {
        input.stop();
    }

    /// What it was busy with is done; `then` runs before what waits.
    void resume(Runnable then) {
        input.goOn(then);
    }

    /// There is room for messages again.
    void unblocked() {
        input.roomAgain();
    }

    // ---- what the families use

    AmqpSession session() {
        return session;
    }

    Services services() {
        return session.services();
    }

    Catalog catalog() {
        return session.services().broker().catalog();
    }

    int number() {
        return number;
    }

    String vhost() {
        return opened.vhost();
    }

    User user() {
        return opened.client().user();
    }

    ConnectionState.Client client() {
        return opened.client();
    }

    /// Under which its leases are known.
    long owner() {
        return owner;
    }

    Appends appends() {
        return appends;
    }

    Publishes publishes() {
        return publishes;
    }

    BasicPublish publisher() {
        return publish;
    }

    Unsettled unsettled() {
        return unsettled;
    }

    Settlements settlements() {
        return settlements;
    }

    Consumers consumers() {
        return consumers;
    }

    ChannelCounts counts() {
        return counts;
    }

    @Nullable Transaction transaction() {
        return transaction;
    }

    void begin(Transaction fresh) {
        transaction = fresh;
    }

    void countPublished() {
        counts.published++;
    }

    /// The queue that was declared last here; empty: none was.
    String lastQueue() {
        return lastQueue;
    }

    void declared(String queue) {
        lastQueue = queue;
    }

    long nextTag() {
        return nextTag++;
    }

    /// It may hold leases of this part.
    void touch(QueuePart part) {
        touched.add(part);
    }

    boolean isOpen() {
        return !left;
    }

    void send(Method method) {
        if (!left) {
            session.output().method(number, method);
        }
    }

    /// At the end of this turn there is something to hand on.
    void workToFinish() {
        if (!inWork && !left) {
            inWork = true;
            session.work().add(this);
        }
    }

    void finishTurn() {
        inWork = false;
        if (left) {
            return;
        }
        settlements.flush();
        publishes.tell();
        consumers.resume();
    }

    void creditConsumers() {
        consumers.credit();
    }

    // ---- the end

    /// Refuses the method that is being done.
    void fail(Fault fault) {
        fail(fault, current);
    }

    void fail(Fault fault, @Nullable Method method) {
        if (left) {
            return;
        }
        int classId = method == null ? 0 : method.classId();
        int methodId = method == null ? 0 : method.methodId();
        if (fault.endsConnection()) {
            session.fail(fault, classId, methodId);
            return;
        }
        leave();
        state = new ChannelState.Closing();
        session.output()
                .method(
                        number,
                        new ChannelMethod.Close(
                                fault.code().number(), fault.text(), classId, methodId));
    }

    /// The client closes it: what it published arrives before the answer.
    void close() {
        session.publishing().flush();
        leave();
        state = new ChannelState.Closing();
        appends.whenNone(
                () -> {
                    if (state instanceof ChannelState.Closing
                            && session.state() instanceof ConnectionState.Open) {
                        gone();
                        session.output().method(number, new ChannelMethod.CloseOk());
                    }
                });
    }

    /// Lets go of all it holds. Nothing is sent any more, the number stays taken.
    void leave() {
        if (left) {
            return;
        }
        session.publishing().flush();
        settlements.flush();
        left = true;
        assembly.drop();
        input.end();
        if (transaction != null) {
            transaction.drop();
        }
        consumers.leave();
        var brokerQueues = session.services().broker().queues();
        touched.forEach(part -> brokerQueues.release(part, owner));
        touched.clear();
    }

    private void gone() {
        state = new ChannelState.Gone();
        session.channels().remove(this);
    }
}
