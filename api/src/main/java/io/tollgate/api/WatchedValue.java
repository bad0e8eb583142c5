package io.tollgate.api;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Whatever can be read of series of an engine as of an instant, so that it can be followed by {@link PanelWatches}:
 * what reads it, what it rests on, and at which instants it changes by itself. {@link WatchedReadings} makes one of
 * each number of each reading; a program can make its own, of a formula over several of them. Immutable; the other
 * methods return a changed copy. Two of the same text that rest on the same and are both {@linkplain #asKnown() as
 * known} or not are equal: a text stands for one way to read.
 *
 * <p><b>Its course.</b> It is read as of instants of valid time, with all that is known now. One that is {@link
 * #asKnown()} is read as of each instant with what was known then: the only course of what looks ahead (pending
 * changes), of what was restated, and of an event study. A point changes it from the moment on at which it became
 * known, and a revision undoes nothing.
 *
 * <p><b>Where it is looked at.</b> Where what it {@linkplain #on rests on} changes, at its dates, and on its grid; as
 * known, also where a version of a point, the end of a life, or what comes before or after it becomes known, and where
 * a version that no longer counts would have begun, run out or left the window. Where it changes between these, nobody
 * sees it: what rests on more than is said of it may be told too late, or not at all.
 */
public final class WatchedValue implements WatchedPanel {
    /** The longest text, in characters. */
    public static final int MAX_TEXT_LENGTH = 1 << 10;

    /**
     * Reads the value. Made for each watch, and used by one thread at a time, which is one of the engine's: it may
     * read, but not wait for the engine, and should not allocate. What it throws is told to the engine's error handler;
     * the value is UNDEFINED then.
     */
    public interface Look {
        /**
         * Reads it.
         *
         * @param atNs      the instant t.
         * @param knownAtNs knowledge time as of which is read; {@link MetricReader#ALL_KNOWN} for all that is known.
         */
        void read(long atNs, long knownAtNs);

        /**
         * What the value as read last is worth.
         *
         * @return the status; CONTENDED to be asked again later: after 64 times the watch is left behind, and told of
         *     all that it missed once it can be read.
         */
        Status status();

        /**
         * The value as read last.
         *
         * @return any where the status has none.
         */
        double value();
    }

    /** Makes what reads the value. */
    @FunctionalInterface
    public interface Sight {
        /**
         * Makes it; may allocate.
         *
         * @param reader of series.
         * @param panels of many series.
         * @return what reads the value with these.
         */
        Look newLook(MetricReader reader, PanelReader panels);
    }

    private final String text;
    private final Sight sight;
    private final List<Dependence> dependences;
    private final boolean isAsKnown;

    private WatchedValue(
            final String text, final Sight sight, final List<Dependence> dependences, final boolean isAsKnown) {
        Answer.requireText(text, MAX_TEXT_LENGTH);
        this.text = text;
        this.sight = Objects.requireNonNull(sight, "sight");
        this.dependences = List.copyOf(dependences);
        this.isAsKnown = isAsKnown;
        if (isAsKnown && !patterns().isEmpty()) {
            throw new IllegalArgumentException("watched=" + text + " patterns="
                    + patterns().size() + ", expected members by name: what was known of members that were found"
                    + " later cannot be told");
        }
    }

    /**
     * A value that rests on nothing yet.
     *
     * @param text  what it is called, in logs and messages: 1 to {@value #MAX_TEXT_LENGTH} characters of printable
     *              ASCII. It is how the log knows it again.
     * @param sight makes what reads it.
     * @return the value.
     * @throws IllegalArgumentException if the text is out of range.
     */
    public static WatchedValue of(final String text, final Sight sight) {
        return new WatchedValue(text, sight, List.of(), false);
    }

    /**
     * The same that rests on more.
     *
     * @param more than what it rests on already.
     * @return the changed value.
     * @throws IllegalArgumentException if it is as known, and rests on members by pattern.
     */
    public WatchedValue on(final Dependence more) {
        final List<Dependence> all = new ArrayList<>(dependences);
        all.add(Objects.requireNonNull(more, "dependence"));
        return new WatchedValue(text, sight, all, isAsKnown);
    }

    /**
     * The same that rests on what a window holds of a series too.
     *
     * @param window of any kind.
     * @param series any.
     * @return the changed value.
     */
    public WatchedValue on(final Window window, final Series series) {
        return on(new Dependence.OnWindow(series, window, 0));
    }

    /**
     * The same that is looked at on the multiples of a length since the epoch too: for what changes all the time.
     *
     * @param length at least a second, at most 292 years.
     * @return the changed value.
     * @throws IllegalArgumentException if the length is out of range.
     */
    public WatchedValue withEvery(final Duration length) {
        try {
            return on(new Dependence.OnGrid(length.toNanos()));
        } catch (final ArithmeticException e) {
            throw new IllegalArgumentException("every=" + length + ", expected at most 292 years", e);
        }
    }

    /**
     * The same, read as of each instant with what was known then. It costs time linear in the versions of its series,
     * once for each change of one, and memory of some 32 bytes a version.
     *
     * @return the changed value.
     * @throws IllegalArgumentException if it rests on members by pattern.
     */
    public WatchedValue asKnown() {
        return new WatchedValue(text, sight, dependences, true);
    }

    /**
     * What reads it.
     *
     * @return what makes that.
     */
    public Sight sight() {
        return sight;
    }

    /**
     * What it rests on.
     *
     * @return in the order in which it was said.
     */
    public List<Dependence> dependences() {
        return dependences;
    }

    /**
     * Whether it is read with what was known at each instant.
     *
     * @return false if with all that is known now.
     */
    public boolean isAsKnown() {
        return isAsKnown;
    }

    @Override
    public Set<String> keys() {
        return dependences.stream().flatMap(WatchedValue::keysOf).collect(Collectors.toSet());
    }

    private static Stream<String> keysOf(final Dependence dependence) {
        if (dependence instanceof Dependence.OnPanel on) {
            return on.panel().keys().stream();
        }
        if (dependence instanceof Dependence.OnAhead on) {
            return Stream.of(on.series().key());
        }
        return dependence instanceof Dependence.OnWindow on
                ? Stream.of(on.series().key())
                : Stream.empty();
    }

    @Override
    public List<MemberPattern> patterns() {
        return dependences.stream()
                .flatMap(dependence ->
                        dependence instanceof Dependence.OnPanel on ? on.panel().patterns().stream() : Stream.empty())
                .toList();
    }

    @Override
    public String text() {
        return isAsKnown ? text + " as known" : text;
    }

    @Override
    public boolean equals(final Object other) {
        return other instanceof WatchedValue value
                && isAsKnown == value.isAsKnown
                && text.equals(value.text)
                && dependences.equals(value.dependences);
    }

    @Override
    public int hashCode() {
        return Objects.hash(text, dependences, isAsKnown);
    }

    @Override
    public String toString() {
        return "WatchedValue[" + text() + "]";
    }
}
