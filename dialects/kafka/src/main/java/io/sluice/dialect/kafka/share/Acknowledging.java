package io.sluice.dialect.kafka.share;

import io.sluice.broker.PartitionId;
import io.sluice.broker.queue.QueuePart;
import io.sluice.broker.queue.Queues;
import io.sluice.broker.queue.Settlement;
import io.sluice.dialect.kafka.share.Claim.Fate;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.LongStream;
import org.apache.kafka.common.protocol.Errors;

/// Does to a queue what a member says of records that it holds.
///
/// What it says of a partition is refused as a whole when part of it is about records that it was not handed. Where it was handed all, but too late for
/// some (the lock ended, somebody else may have them), what it still holds is settled all the same, and it is told.
final class Acknowledging {
    private final Queues queues;

    Acknowledging(Queues queues) {
        this.queues = queues;
    }

    /// On the loop that owns the session.
    ///
    /// @return how it went, when that is durable
    CompletableFuture<Errors> of(
            ShareSession session,
            PartitionId partition,
            List<Claim> claims,
            ShareSettings settings) {
        if (Claim.fault(claims, settings.renews()).isPresent()) {
            return CompletableFuture.completedFuture(Errors.INVALID_REQUEST);
        }
        var held = session.held(partition);
        var part = session.part(partition);
        for (var claim : claims) {
            if (!held.holds(claim.first(), claim.last())) {
                return CompletableFuture.completedFuture(Errors.INVALID_RECORD_STATE);
            }
        }
        if (part == null) {
            return CompletableFuture.completedFuture(Errors.NONE);
        }
        var outcomes = new ArrayList<CompletableFuture<Errors>>();
        byFate(claims)
                .forEach(
                        (fate, runs) ->
                                outcomes.add(settle(session, part, held, fate, runs, settings)));
        return worst(outcomes);
    }

    private static Map<Fate, List<Claim.Run>> byFate(List<Claim> claims) {
        var runs = new EnumMap<Fate, List<Claim.Run>>(Fate.class);
        for (var claim : claims) {
            for (var run : claim.runs()) {
                runs.computeIfAbsent(run.fate(), _ -> new ArrayList<>()).add(run);
            }
        }
        return runs;
    }

    private CompletableFuture<Errors> settle(
            ShareSession session,
            QueuePart part,
            HeldOffsets held,
            Fate fate,
            List<Claim.Run> runs,
            ShareSettings settings) {
        long records = 0;
        for (var run : runs) {
            records += held.records(run.first(), run.last());
            if (fate != Fate.RENEW) {
                held.remove(run.first(), run.last());
            }
        }
        long expected = fate == Fate.GAP ? 0 : records;
        var offsets =
                runs.stream()
                        .flatMapToLong(run -> LongStream.of(run.first(), run.last()))
                        .toArray();
        var settlement = new Settlement(session.owner(), offsets, outcome(fate, settings));
        return Promise.<Integer>of(reply -> queues.settle(part, settlement, reply))
                .handle(
                        (settled, failure) -> {
                            if (failure != null) {
                                return Promise.error(failure);
                            }
                            return settled < expected ? Errors.INVALID_RECORD_STATE : Errors.NONE;
                        });
    }

    private static Settlement.Outcome outcome(Fate fate, ShareSettings settings) {
        return switch (fate) {
            case GAP, ACCEPT -> Settlement.ACCEPTED;
            case RELEASE -> Settlement.RETURNED;
            case REJECT -> Settlement.REJECTED;
            case RENEW -> new Settlement.Extended(settings.lockMillis());
        };
    }

    private static CompletableFuture<Errors> worst(List<CompletableFuture<Errors>> outcomes) {
        return CompletableFuture.allOf(outcomes.toArray(CompletableFuture[]::new))
                .thenApply(
                        _ ->
                                outcomes.stream()
                                        .map(CompletableFuture::join)
                                        .filter(error -> error != Errors.NONE)
                                        .findFirst()
                                        .orElse(Errors.NONE));
    }
}
