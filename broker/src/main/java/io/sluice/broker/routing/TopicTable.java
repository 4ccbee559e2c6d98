package io.sluice.broker.routing;

import io.sluice.base.PersistentMap;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Bindings by the words of their patterns, in a trie. A pattern is words between dots; `*` stands for one word, `#` for any number of words, none too.
///
/// ```text
///   orders.*.paid   orders.#        root ── orders ──┬── * ── paid ●
///                                                    └── # ●
/// ```
///
/// A routing key is read word by word with all nodes in hand that its beginning leads to; a node behind `#` stays in hand. So the price is
/// bounded by words times nodes, however many `#` a pattern has, where trying them one after the other has no bound to speak of.
record TopicTable(Node root) implements Table {
    static final TopicTable EMPTY = new TopicTable(Node.EMPTY);

    private static final String ONE = "*";
    private static final String ANY = "#";

    /// @param one where `*` leads
    /// @param any where `#` leads, and stays
    /// @param isAny this is where a `#` has led
    /// @param here the bindings whose pattern ends here
    private record Node(
            PersistentMap<String, Node> words,
            @Nullable Node one,
            @Nullable Node any,
            boolean isAny,
            Bucket here) {
        static final Node EMPTY = new Node(PersistentMap.empty(), null, null, false, Bucket.EMPTY);
        static final Node EMPTY_ANY =
                new Node(PersistentMap.empty(), null, null, true, Bucket.EMPTY);

        boolean isEmpty() {
            return here.isEmpty() && one == null && any == null && words.isEmpty();
        }

        @Nullable Node next(String word) {
            return switch (word) {
                case ONE -> one;
                case ANY -> any;
                default -> words.get(word);
            };
        }

        Node with(Bucket bucket) {
            return new Node(words, one, any, isAny, bucket);
        }

        /// @param next null or empty: nothing is left there
        Node with(String word, Node next) {
            var left = next.isEmpty() ? null : next;
            return switch (word) {
                case ONE -> new Node(words, left, any, isAny, here);
                case ANY -> new Node(words, one, left, isAny, here);
                default ->
                        new Node(
                                left == null ? words.without(word) : words.with(word, left),
                                one,
                                any,
                                isAny,
                                here);
            };
        }
    }

    boolean isEmpty() {
        return root.isEmpty();
    }

    @Override
    public TopicTable with(Target target) {
        return new TopicTable(with(root, pattern(target.binding()), 0, target));
    }

    @Override
    public TopicTable without(Binding binding) {
        return new TopicTable(without(root, pattern(binding), 0, binding));
    }

    private static Node with(Node node, List<String> words, int depth, Target target) {
        if (depth == words.size()) {
            return node.with(node.here.with(target));
        }
        var word = words.get(depth);
        var next = node.next(word);
        if (next == null) {
            next = word.equals(ANY) ? Node.EMPTY_ANY : Node.EMPTY;
        }
        return node.with(word, with(next, words, depth + 1, target));
    }

    private static Node without(Node node, List<String> words, int depth, Binding binding) {
        if (depth == words.size()) {
            return node.with(node.here.without(binding));
        }
        var word = words.get(depth);
        var next = node.next(word);
        return next == null ? node : node.with(word, without(next, words, depth + 1, binding));
    }

    /// The words of a binding's pattern. Several `#` in a row say no more than one.
    private static List<String> pattern(Binding binding) {
        var words = new ArrayList<String>();
        var key = binding.routingKey();
        for (int at = 0, end; at <= key.length() && !key.isEmpty(); at = end + 1) {
            end = wordEnd(key, at);
            var word = key.substring(at, end);
            if (!(word.equals(ANY) && !words.isEmpty() && words.getLast().equals(ANY))) {
                words.add(word);
            }
        }
        return words;
    }

    private static int wordEnd(String key, int from) {
        int dot = key.indexOf('.', from);
        return dot < 0 ? key.length() : dot;
    }

    @Override
    public void route(String key, Walk walk) {
        var here = new Once<Node>();
        reach(root, here);
        if (!key.isEmpty()) {
            var there = new Once<Node>();
            for (int at = 0, end; at <= key.length() && here.size() > 0; at = end + 1) {
                end = wordEnd(key, at);
                step(here, key.substring(at, end), there);
                var behind = here;
                here = there;
                there = behind;
                there.clear();
            }
        }
        for (int i = 0; i < here.size(); i++) {
            var bucket = here.get(i).here;
            if (!bucket.isEmpty()) {
                walk.found(bucket.destinations());
            }
        }
    }

    /// All nodes that one word leads to.
    private static void step(Once<Node> from, String word, Once<Node> to) {
        for (int i = 0; i < from.size(); i++) {
            var node = from.get(i);
            if (node.isAny) {
                to.add(node);
            }
            var next = node.words.get(word);
            if (next != null) {
                reach(next, to);
            }
            if (node.one != null) {
                reach(node.one, to);
            }
        }
    }

    /// The node, and the one that `#` leads to without a word.
    private static void reach(Node node, Once<Node> reached) {
        reached.add(node);
        if (node.any != null) {
            reached.add(node.any);
        }
    }
}
