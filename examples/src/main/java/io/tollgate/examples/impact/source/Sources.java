package io.tollgate.examples.impact.source;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The numbered sources of the study. A source's number goes into the engine as the reference of the points it stands
 * for, and comes back with every level that is read.
 */
public final class Sources {
    private final Map<Source, Integer> numbers = new LinkedHashMap<>();
    private final List<Source> sources = new ArrayList<>();

    /** The number of a source, from 1: a new one if it was not cited before. */
    public int number(final Source source) {
        return numbers.computeIfAbsent(source, s -> {
            sources.add(s);
            return sources.size();
        });
    }

    /** The source of a reference that the engine gave back. */
    public Source of(final long reference) {
        return sources.get(Math.toIntExact(reference) - 1);
    }

    /** A citation as it stands in a table: {@code [3]}. */
    public String cite(final Source source) {
        return "[" + number(source) + "]";
    }

    /** The list behind the citations. */
    public List<String> lines() {
        return sources.stream()
                .map(s -> s.verification().isVerified()
                        ? s.text() + " (" + s.verification().text() + ")"
                        : s.text() + " (unverified)")
                .toList();
    }
}
