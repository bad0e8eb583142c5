package io.tollgate.core.group;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The names of the nodes of a hierarchy, numbered in the order of their arrival. Used by one thread. */
public final class NodeNames {
    private final List<String> names = new ArrayList<>();
    private final List<String> view = Collections.unmodifiableList(names);
    private final Map<String, Integer> indexes = new HashMap<>();

    /** Returns the index of a node. A new node gets the next index. */
    int indexOf(final String name) {
        final Integer index = indexes.putIfAbsent(name, names.size());
        if (index != null) {
            return index;
        }
        names.add(name);
        return names.size() - 1;
    }

    /** The names by index. */
    public List<String> list() {
        return view;
    }

    public int size() {
        return names.size();
    }
}
