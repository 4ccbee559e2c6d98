package io.sluice.broker.routing;

/// All bindings alike.
record FanoutTable(Bucket all) implements Table {
    static final FanoutTable EMPTY = new FanoutTable(Bucket.EMPTY);

    @Override
    public FanoutTable with(Target target) {
        return new FanoutTable(all.with(target));
    }

    @Override
    public FanoutTable without(Binding binding) {
        return new FanoutTable(all.without(binding));
    }

    @Override
    public void route(String key, Walk walk) {
        walk.found(all.destinations());
    }
}
