package io.tollgate.core.image;

import io.tollgate.api.Publisher;

/**
 * The versions of the points of a series in the order of (valid time, reference); those of one identity are in the
 * order in which they became known. Takes 41 bytes a version.
 */
public final class ImageVersions {
    /** The version is the current point. */
    static final int CURRENT = 0;

    /** The next version, of the same identity, has replaced it at its own knowledge time. */
    static final int REVISED = 1;

    /** The version was withdrawn. */
    static final int WITHDRAWN = 2;

    private final byte[] states;
    private final long[] times;
    private final long[] values;
    private final long[] knowledgeTimes;
    private final long[] references;
    private final long[] endKnowledgeTimes;
    private int count;

    ImageVersions(final int capacity) {
        states = new byte[capacity];
        times = new long[capacity];
        values = new long[capacity];
        knowledgeTimes = new long[capacity];
        references = new long[capacity];
        endKnowledgeTimes = new long[capacity];
    }

    void add(
            final int state,
            final long time,
            final long value,
            final long knowledgeTime,
            final long reference,
            final long endKnowledgeTime) {
        states[count] = (byte) state;
        times[count] = time;
        values[count] = value;
        knowledgeTimes[count] = knowledgeTime;
        references[count] = reference;
        endKnowledgeTimes[count] = endKnowledgeTime;
        count++;
    }

    /** {@return the number of versions} */
    public int count() {
        return count;
    }

    int state(final int index) {
        return states[index];
    }

    long time(final int index) {
        return times[index];
    }

    long value(final int index) {
        return values[index];
    }

    long knowledgeTime(final int index) {
        return knowledgeTimes[index];
    }

    /** Returns the reference, {@link Publisher#NO_REFERENCE} if none was given. */
    long reference(final int index) {
        return references[index];
    }

    /** Returns the knowledge time of the withdrawal of a withdrawn version. */
    long endKnowledgeTime(final int index) {
        return endKnowledgeTimes[index];
    }

    /** Returns true if a version has replaced the one before it. */
    boolean isRevision(final int index) {
        return index > 0 && states[index - 1] == REVISED;
    }
}
