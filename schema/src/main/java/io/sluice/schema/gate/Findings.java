package io.sluice.schema.gate;

import io.sluice.broker.BrokerError;
import io.sluice.broker.BrokerError.InvalidRecord;
import io.sluice.broker.record.Records;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// What was found in one batch.
///
/// @param records how many there are
/// @param invalid why, by a record's place in the batch, in their order
record Findings(int records, Map<Integer, String> invalid) {
    /// So many are told of in full: a batch may have a hundred thousand.
    private static final int TOLD_MAX = 100;

    private static final String UNTOLD = "is not what the topic's schema demands either";

    /// @param all stands before the first record
    static Findings of(Records all, ValueCheck check) {
        var invalid = new TreeMap<Integer, String>();
        int place = 0;
        for (; all.next(); place++) {
            var value = all.value();
            // A tombstone says that there is no value.
            var problem = value == null ? null : check.problem(value).orElse(null);
            if (problem != null) {
                invalid.put(place, invalid.size() < TOLD_MAX ? problem : UNTOLD);
            }
        }
        return new Findings(place, invalid);
    }

    boolean isFine() {
        return invalid.isEmpty();
    }

    BrokerError.InvalidRecords error() {
        var list = new ArrayList<InvalidRecord>(invalid.size());
        invalid.forEach((place, why) -> list.add(new InvalidRecord(place, why)));
        return records == 1
                ? BrokerError.InvalidRecords.alone(list.getFirst().message())
                : new BrokerError.InvalidRecords(message(list), list);
    }

    private String message(List<InvalidRecord> list) {
        return list.size()
                + " of "
                + records
                + " messages are not what their topic's schema demands; the first: "
                + list.getFirst().message();
    }
}
