package io.sluice.dialect.amqp.codec;

import org.jspecify.annotations.Nullable;

/// Messages: published, delivered, settled. Class 60.
///
/// The methods of each of these stand in a file of their own, whose records are members of this interface as it inherits them.
public sealed interface BasicMethod
        extends Method, BasicConsuming, BasicPublishing, BasicDelivering, BasicSettling
        permits BasicConsuming.Qos,
                BasicConsuming.QosOk,
                BasicConsuming.Consume,
                BasicConsuming.ConsumeOk,
                BasicConsuming.Cancel,
                BasicConsuming.CancelOk,
                BasicPublishing.Publish,
                BasicPublishing.Return,
                BasicDelivering.Deliver,
                BasicDelivering.Get,
                BasicDelivering.GetOk,
                BasicDelivering.GetEmpty,
                BasicSettling.Ack,
                BasicSettling.Reject,
                BasicSettling.RecoverAsync,
                BasicSettling.Recover,
                BasicSettling.RecoverOk,
                BasicSettling.Nack {
    int CLASS_ID = 60;

    @Override
    default int classId() {
        return CLASS_ID;
    }

    /// Null: there is no such method.
    static @Nullable BasicMethod read(int methodId, WireReader from) throws MalformedException {
        return switch (methodId) {
            case Qos.ID -> Qos.read(from);
            case QosOk.ID -> new QosOk();
            case Consume.ID -> Consume.read(from);
            case ConsumeOk.ID -> ConsumeOk.read(from);
            case Cancel.ID -> Cancel.read(from);
            case CancelOk.ID -> CancelOk.read(from);
            case Publish.ID -> Publish.read(from);
            case Return.ID -> Return.read(from);
            case Deliver.ID -> Deliver.read(from);
            case Get.ID -> Get.read(from);
            case GetOk.ID -> GetOk.read(from);
            case GetEmpty.ID -> GetEmpty.read(from);
            case Ack.ID -> Ack.read(from);
            case Reject.ID -> Reject.read(from);
            case RecoverAsync.ID -> RecoverAsync.read(from);
            case Recover.ID -> Recover.read(from);
            case RecoverOk.ID -> new RecoverOk();
            case Nack.ID -> Nack.read(from);
            default -> null;
        };
    }
}
