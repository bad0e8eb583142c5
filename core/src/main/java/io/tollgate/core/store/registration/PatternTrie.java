package io.tollgate.core.store.registration;

import io.tollgate.api.series.SeriesPattern;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Values by key pattern ({@link SeriesPattern}), found by the keys that the patterns fit: a trie over segments. A key
 * of k segments visits less than 2^(k + 1) nodes, and never more than there are; in practice a few. One thread.
 *
 * @param <T> what stands under a pattern.
 */
public final class PatternTrie<T> {
    /** One place in the patterns: what they end with here, and what they go on with. */
    private static final class Node<T> {
        private final Map<String, Node<T>> children = new HashMap<>();
        private Node<T> any;
        private T exact;
        private T rest;
    }

    private final Node<T> root = new Node<>();

    /** A trie without patterns. */
    public PatternTrie() {}

    /**
     * Puts a value under a pattern, in the place of the one before.
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
     * The value under a pattern itself.
     *
     * @param pattern a valid one.
     * @return the value that was put there, empty if none was.
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
     * The values under all patterns that fit a key.
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
