package io.sluice.benchmarks;

import java.util.ArrayList;
import java.util.List;

/// What the caller wants to see.
///
/// @param scale factor of all amounts: 1 for what is published, less for a try
/// @param quiet whether to wait until nobody else uses the machine, and to repeat what was disturbed
/// @param rounds how often each peer has its turn
/// @param scenarios names separated by commas
/// @param peers names; none: those that fit the scenario
record Choice(double scale, boolean quiet, int rounds, String scenarios, List<String> peers) {
    private static final String USAGE =
            "[--scale 0.1] [--quiet] [rounds] [scenario[,scenario]|topics|queues|sqs|all] [peer ...]";

    Choice {
        peers = List.copyOf(peers);
    }

    static Choice of(List<String> arguments) {
        var scale = 1.0;
        var quiet = false;
        var words = new ArrayList<String>();
        for (var rest = arguments.iterator(); rest.hasNext(); ) {
            switch (rest.next()) {
                case "--scale" -> scale = Double.parseDouble(rest.next());
                case "--quiet" -> quiet = true;
                case String word when word.startsWith("--") ->
                        throw new IllegalArgumentException(word + "; usage: " + USAGE);
                case String word -> words.add(word);
            }
        }
        return new Choice(
                scale,
                quiet,
                words.isEmpty() ? 2 : Integer.parseInt(words.getFirst()),
                words.size() < 2 ? "all" : words.get(1),
                words.size() < 3 ? List.of() : words.subList(2, words.size()));
    }
}
