package io.sluice.engine.queue;

import io.sluice.base.Varint;
import io.sluice.broker.PartitionId;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.UUID;

/// A round of dead letters as bytes; [QueueFacts] draws it.
final class RoundCodec {
    private RoundCodec() {}

    static int bytesMax(Outbox.Round round) {
        int bytes = 2 * Varint.MAX_BYTES;
        for (var target : round.targets()) {
            bytes += 16 + (3 + target.members().size()) * Varint.MAX_BYTES;
        }
        return bytes;
    }

    static void write(Outbox.Round round, ByteBuffer into) {
        Varint.write(round.count(), into);
        Varint.write(round.targets().size(), into);
        for (var target : round.targets()) {
            write(target.partition(), into);
            Varint.write(target.sequence(), into);
            Varint.write(target.members().size(), into);
            target.members().forEach(member -> Varint.write(member, into));
        }
    }

    static Outbox.Round read(ByteBuffer from) {
        int count = (int) Varint.read(from);
        int targets = (int) Varint.read(from);
        var read = new ArrayList<Outbox.Target>();
        for (int i = 0; i < targets; i++) {
            var partition = readPartition(from);
            int sequence = (int) Varint.read(from);
            int members = (int) Varint.read(from);
            var numbers = new ArrayList<Integer>();
            for (int m = 0; m < members; m++) {
                numbers.add((int) Varint.read(from));
            }
            read.add(new Outbox.Target(partition, sequence, numbers));
        }
        return new Outbox.Round(count, read);
    }

    static void write(PartitionId partition, ByteBuffer into) {
        into.putLong(partition.topic().getMostSignificantBits());
        into.putLong(partition.topic().getLeastSignificantBits());
        Varint.write(partition.index(), into);
    }

    static PartitionId readPartition(ByteBuffer from) {
        return new PartitionId(new UUID(from.getLong(), from.getLong()), (int) Varint.read(from));
    }
}
