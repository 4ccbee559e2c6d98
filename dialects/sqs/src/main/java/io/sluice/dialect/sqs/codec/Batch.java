package io.sluice.dialect.sqs.codec;

import io.sluice.dialect.sqs.protocol.BatchChecks;
import io.sluice.dialect.sqs.protocol.BatchEntry;
import io.sluice.dialect.sqs.protocol.BatchFailure;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/// The entries of a batch: those that could be read, and why the others could not.
record Batch<T>(List<BatchEntry<T>> entries, List<BatchFailure> refused) {
    /// Reads a batch that is sound as a whole, or throws.
    static <T> Batch<T> read(Parameters parameters, Member list, Function<Parameters, T> entry) {
        var all =
                parameters.fields().structures(list).stream()
                        .map(fields -> new Parameters(fields, ""))
                        .toList();
        var ids = all.stream().map(one -> one.optional("Id").orElse("")).toList();
        RefusedException.check(BatchChecks.ids(ids, list.query()));
        var entries = new ArrayList<BatchEntry<T>>(all.size());
        var refused = new ArrayList<BatchFailure>();
        for (int i = 0; i < all.size(); i++) {
            try {
                entries.add(new BatchEntry<>(ids.get(i), entry.apply(all.get(i))));
            } catch (RefusedException e) {
                refused.add(new BatchFailure(ids.get(i), e.error()));
            }
        }
        return new Batch<>(entries, refused);
    }
}
