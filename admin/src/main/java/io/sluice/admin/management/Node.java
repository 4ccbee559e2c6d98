package io.sluice.admin.management;

/// Where all of this runs.
public interface Node {
    /// See [NodeFacts#name]. Costs nothing.
    String name();

    /// Asks the operating system.
    NodeFacts facts();
}
