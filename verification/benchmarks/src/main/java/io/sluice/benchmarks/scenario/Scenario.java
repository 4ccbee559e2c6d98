package io.sluice.benchmarks.scenario;

import io.sluice.benchmarks.Measure;
import io.sluice.benchmarks.peer.RunningPeer;
import java.util.List;

/// Something to do to a freshly started broker, and the figures it gives.
public interface Scenario {
    List<Measure> run(RunningPeer peer) throws Exception;
}
