package io.sluice.base;

import java.util.AbstractCollection;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// A sorted map that never changes: adding and removing give a new one that shares all but a path with the old. So a snapshot per
/// change costs O(log n), however many entries there are. Inside it is an AVL tree.
public final class PersistentMap<K extends Comparable<K>, V> {
    private final @Nullable Node<K, V> root;
    private final int size;

    private PersistentMap(@Nullable Node<K, V> root, int size) {
        this.root = root;
        this.size = size;
    }

    public static <K extends Comparable<K>, V> PersistentMap<K, V> empty() {
        return new PersistentMap<>(null, 0);
    }

    private record Node<K extends Comparable<K>, V>(
            K key, V value, @Nullable Node<K, V> left, @Nullable Node<K, V> right, int height) {}

    public int size() {
        return size;
    }

    public boolean isEmpty() {
        return size == 0;
    }

    /// Steps to the farthest entry.
    int height() {
        return height(root);
    }

    public @Nullable V get(K key) {
        var node = root;
        while (node != null) {
            int order = key.compareTo(node.key);
            if (order == 0) {
                return node.value;
            }
            node = order < 0 ? node.left : node.right;
        }
        return null;
    }

    public PersistentMap<K, V> with(K key, V value) {
        int grown = get(key) == null ? size + 1 : size;
        return new PersistentMap<>(with(root, key, value), grown);
    }

    public PersistentMap<K, V> without(K key) {
        return get(key) == null ? this : new PersistentMap<>(without(root, key), size - 1);
    }

    /// In the order of their keys.
    public Collection<V> values() {
        return view(Node::value);
    }

    public Collection<K> keys() {
        return view(Node::key);
    }

    private <T> Collection<T> view(Function<Node<K, V>, T> part) {
        return new AbstractCollection<>() {
            @Override
            public Iterator<T> iterator() {
                return new InOrder<>(root, part);
            }

            @Override
            public int size() {
                return size;
            }
        };
    }

    private static <K extends Comparable<K>, V> Node<K, V> with(
            @Nullable Node<K, V> node, K key, V value) {
        if (node == null) {
            return new Node<>(key, value, null, null, 1);
        }
        int order = key.compareTo(node.key);
        if (order == 0) {
            return new Node<>(key, value, node.left, node.right, node.height);
        }
        return order < 0
                ? balanced(node, with(node.left, key, value), node.right)
                : balanced(node, node.left, with(node.right, key, value));
    }

    private static <K extends Comparable<K>, V> @Nullable Node<K, V> without(
            @Nullable Node<K, V> node, K key) {
        if (node == null) {
            return null;
        }
        int order = key.compareTo(node.key);
        if (order < 0) {
            return balanced(node, without(node.left, key), node.right);
        }
        if (order > 0) {
            return balanced(node, node.left, without(node.right, key));
        }
        if (node.left == null || node.right == null) {
            return node.left == null ? node.right : node.left;
        }
        var successor = node.right;
        while (successor.left != null) {
            successor = successor.left;
        }
        return balanced(successor, node.left, without(node.right, successor.key));
    }

    /// `middle`'s entry over two trees whose heights differ by at most two.
    private static <K extends Comparable<K>, V> Node<K, V> balanced(
            Node<K, V> middle, @Nullable Node<K, V> left, @Nullable Node<K, V> right) {
        if (left != null && height(left) > height(right) + 1) {
            if (left.right != null && height(left.right) > height(left.left)) {
                return node(
                        left.right,
                        node(left, left.left, left.right.left),
                        node(middle, left.right.right, right));
            }
            return node(left, left.left, node(middle, left.right, right));
        }
        if (right != null && height(right) > height(left) + 1) {
            if (right.left != null && height(right.left) > height(right.right)) {
                return node(
                        right.left,
                        node(middle, left, right.left.left),
                        node(right, right.left.right, right.right));
            }
            return node(right, node(middle, left, right.left), right.right);
        }
        return node(middle, left, right);
    }

    private static <K extends Comparable<K>, V> Node<K, V> node(
            Node<K, V> entry, @Nullable Node<K, V> left, @Nullable Node<K, V> right) {
        return new Node<>(
                entry.key, entry.value, left, right, Math.max(height(left), height(right)) + 1);
    }

    private static int height(@Nullable Node<?, ?> node) {
        return node == null ? 0 : node.height;
    }

    private static final class InOrder<K extends Comparable<K>, V, T> implements Iterator<T> {
        private final ArrayDeque<Node<K, V>> path = new ArrayDeque<>();
        private final Function<Node<K, V>, T> part;

        InOrder(@Nullable Node<K, V> root, Function<Node<K, V>, T> part) {
            this.part = part;
            descend(root);
        }

        @Override
        public boolean hasNext() {
            return !path.isEmpty();
        }

        @Override
        public T next() {
            if (path.isEmpty()) {
                throw new NoSuchElementException();
            }
            var node = path.pop();
            descend(node.right);
            return part.apply(node);
        }

        private void descend(@Nullable Node<K, V> from) {
            for (var node = from; node != null; node = node.left) {
                path.push(node);
            }
        }
    }
}
