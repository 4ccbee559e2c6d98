package io.sluice.simulation.log;

/// A chunk on its way: `[start, end)` of its log.
record ModelChunk(ModelLog log, long start, long end, boolean forced) {
    @Override
    public String toString() {
        return "[" + start + ", " + end + ")" + (forced ? " forced" : "");
    }
}
