package io.sluice.broker.routing;

import io.sluice.base.PersistentMap;

/// Bindings by their routing key.
record DirectTable(PersistentMap<String, Bucket> byKey) implements Table {
    static final DirectTable EMPTY = new DirectTable(PersistentMap.empty());

    @Override
    public DirectTable with(Target target) {
        var key = target.binding().routingKey();
        return new DirectTable(byKey.with(key, bucket(key).with(target)));
    }

    @Override
    public DirectTable without(Binding binding) {
        var key = binding.routingKey();
        var left = bucket(key).without(binding);
        return new DirectTable(left.isEmpty() ? byKey.without(key) : byKey.with(key, left));
    }

    @Override
    public void route(String key, Walk walk) {
        var bucket = byKey.get(key);
        if (bucket != null) {
            walk.found(bucket.destinations());
        }
    }

    private Bucket bucket(String key) {
        var bucket = byKey.get(key);
        return bucket == null ? Bucket.EMPTY : bucket;
    }
}
