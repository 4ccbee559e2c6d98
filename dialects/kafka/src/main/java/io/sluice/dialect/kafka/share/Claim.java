package io.sluice.dialect.kafka.share;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.common.message.ShareAcknowledgeRequestData;
import org.apache.kafka.common.message.ShareFetchRequestData;

/// What a client says has become of the records from `first` to `last` of a partition.
///
/// @param types one for each, or one for all
record Claim(long first, long last, List<Byte> types) {
    /// What may be said of a record.
    enum Fate {
        /// There is no record.
        GAP,
        ACCEPT,
        RELEASE,
        REJECT,
        /// It needs more time.
        RENEW;

        /// In the order of their numbers.
        private static final List<Fate> ALL = List.of(values());

        private static Optional<Fate> of(byte type) {
            return type >= 0 && type < ALL.size() ? Optional.of(ALL.get(type)) : Optional.empty();
        }
    }

    /// @param first,last of records that have the same fate
    record Run(Fate fate, long first, long last) {}

    static List<Claim> ofFetch(ShareFetchRequestData.FetchPartition partition) {
        return partition.acknowledgementBatches().stream()
                .map(
                        batch ->
                                new Claim(
                                        batch.firstOffset(),
                                        batch.lastOffset(),
                                        batch.acknowledgeTypes()))
                .toList();
    }

    static List<Claim> ofAcknowledge(ShareAcknowledgeRequestData.AcknowledgePartition partition) {
        return partition.acknowledgementBatches().stream()
                .map(
                        batch ->
                                new Claim(
                                        batch.firstOffset(),
                                        batch.lastOffset(),
                                        batch.acknowledgeTypes()))
                .toList();
    }

    /// Why these make no sense, whatever is held; empty when they do.
    static Optional<String> fault(List<Claim> claims, boolean renews) {
        long next = 0;
        for (var claim : claims) {
            if (claim.first < next || claim.last < claim.first) {
                return Optional.of("offsets do not grow at " + claim.first);
            }
            if (claim.last == Long.MAX_VALUE) {
                return Optional.of("no offset is " + claim.last);
            }
            if (claim.types.size() != 1 && claim.types.size() != claim.last - claim.first + 1) {
                return Optional.of(
                        claim.types.size() + " types for the offsets from " + claim.first);
            }
            for (byte type : claim.types) {
                var fate = Fate.of(type);
                if (fate.isEmpty()) {
                    return Optional.of("unknown acknowledge type " + type);
                }
                if (fate.get() == Fate.RENEW && !renews) {
                    return Optional.of("the group does not renew");
                }
            }
            next = claim.last + 1;
        }
        return Optional.empty();
    }

    /// The records with the same fate that follow each other. Of claims without a [#fault].
    List<Run> runs() {
        var runs = new ArrayList<Run>();
        if (types.size() == 1) {
            runs.add(new Run(fate(0), first, last));
            return runs;
        }
        int from = 0;
        for (int at = 1; at <= types.size(); at++) {
            if (at == types.size() || fate(at) != fate(from)) {
                runs.add(new Run(fate(from), first + from, first + at - 1));
                from = at;
            }
        }
        return runs;
    }

    private Fate fate(int at) {
        return Fate.of(types.get(at)).orElseThrow();
    }
}
