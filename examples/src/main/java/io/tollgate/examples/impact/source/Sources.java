package io.tollgate.examples.impact.source;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The numbered sources of the study. The engine stores the number of a source as the reference of its points, and
 * returns it with every level that is read.
 */
public final class Sources {
    private final Map<Source, Integer> numbers = new LinkedHashMap<>();
    private final List<Source> sources = new ArrayList<>();

    /** Returns the number of a source, from 1. A source that was not cited before gets a new number. */
    public int number(final Source source) {
        return numbers.computeIfAbsent(source, s -> {
            sources.add(s);
            return sources.size();
        });
    }

    /** Returns the source of a reference from the engine. */
    public Source of(final long reference) {
        return sources.get(Math.toIntExact(reference) - 1);
    }

    /** Returns a citation for a table: {@code [3]}. */
    public String cite(final Source source) {
        return "[" + number(source) + "]";
    }

    /** Returns the list of cited sources. */
    public List<String> lines() {
        return sources.stream()
                .map(s -> s.verification().isVerified()
                        ? s.text() + " (" + s.verification().text() + ")"
                        : s.text() + " (unverified)")
                .toList();
    }
}
