package io.tollgate.core.store.registration;

import io.tollgate.api.series.SeriesPattern;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Values by key pattern ({@link SeriesPattern}), found by matching keys: a trie over segments. The lookup of a key of k
 * segments visits fewer than 2^(k + 1) nodes, and never more than exist; in practice a few. One thread.
 *
 * @param <T> the values.
 */
public final class PatternTrie<T> {
    /** One node: the value of patterns that end here, and the children by segment. */
    private static final class Node<T> {
        private final Map<String, Node<T>> children = new HashMap<>();
        private Node<T> any;
        private T exact;
        private T rest;
    }

    private final Node<T> root = new Node<>();

    /** Creates an empty trie. */
    public PatternTrie() {}

    /**
     * Stores a value under a pattern; replaces an existing one.
     *
     * @param pattern a valid one.
     * @param value   to be found under it.
     */
    public void put(final String pattern, final T value) {
        final String[] segments = segments(pattern);
        final int last = segments.length - 1;
        Node<T> node = root;
        for (int i = 0; i < last; i++) {
            node = child(node, segments[i]);
        }
        if (segments[last].equals(SeriesPattern.ANY)) {
            node.rest = value;
        } else {
            child(node, segments[last]).exact = value;
        }
    }

    private static <T> Node<T> child(final Node<T> node, final String segment) {
        if (!segment.equals(SeriesPattern.ANY)) {
            return node.children.computeIfAbsent(segment, name -> new Node<>());
        }
        if (node.any == null) {
            node.any = new Node<>();
        }
        return node.any;
    }

    /**
     * Returns the value of exactly this pattern.
     *
     * @param pattern a valid one.
     * @return the value, empty if there is none.
     */
    public Optional<T> get(final String pattern) {
        final String[] segments = segments(pattern);
        Node<T> node = root;
        for (int i = 0; i < segments.length && node != null; i++) {
            final boolean isAny = segments[i].equals(SeriesPattern.ANY);
            if (isAny && i == segments.length - 1) {
                return Optional.ofNullable(node.rest);
            }
            node = isAny ? node.any : node.children.get(segments[i]);
        }
        return node == null ? Optional.empty() : Optional.ofNullable(node.exact);
    }

    /**
     * Returns the values of all patterns that match a key.
     *
     * @param key a valid one.
     * @return the values, in an order that depends on the patterns only.
     */
    public List<T> matching(final String key) {
        final List<T> found = new ArrayList<>();
        collect(root, segments(key), 0, found);
        return found;
    }

    private static <T> void collect(final Node<T> node, final String[] segments, final int index, final List<T> found) {
        if (index == segments.length) {
            add(node.exact, found);
            return;
        }
        add(node.rest, found);
        final Node<T> child = node.children.get(segments[index]);
        if (child != null) {
            collect(child, segments, index + 1, found);
        }
        if (node.any != null) {
            collect(node.any, segments, index + 1, found);
        }
    }

    private static <T> void add(final T value, final List<T> found) {
        if (value != null) {
            found.add(value);
        }
    }

    private static String[] segments(final String text) {
        return text.split("\\.");
    }
}
