package io.tollgate.core.watch;

import io.tollgate.api.Publisher;
import io.tollgate.api.series.Instants;
import io.tollgate.api.series.SeriesPattern;
import io.tollgate.api.series.Status;
import io.tollgate.api.series.Unit;
import io.tollgate.api.watch.Subscription;
import io.tollgate.api.watch.UpdateCause;
import io.tollgate.api.watch.UpdateType;
import io.tollgate.core.read.WriterReader;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.ObjLongConsumer;
import java.util.function.Supplier;

/**
 * The updates of an engine: looks at watched metrics with each operation on their series and at the instants at which
 * time alone changes them, and tells what has changed. All of it follows from the operations of the log, in their
 * order: a clock of its own is moved by logged advances only, so a replay gives the same updates with the same numbers.
 * Called after the change of a series has been released. Writer only.
 */
public final class EngineUpdates {
    /** The instant of what never happens. */
    public static final long NEVER = Deadlines.NEVER;

    private final Supplier<WriterReader> newReader;
    private final FollowedSeries followed = new FollowedSeries();
    private final UpdateWriter writer = new UpdateWriter();
    private final WatchEvaluator watchRun = new WatchEvaluator(this::publishWatch);
    private SeriesSubscription watched;
    private final ObjLongConsumer<WatchEntry> check = this::check;
    private WatchState watchedState;
    private long now = Instants.MIN;
    private long nextNs = NEVER;
    private boolean isBatch;

    /**
     * No subscription yet.
     *
     * @param newReader of the series.
     */
    public EngineUpdates(final Supplier<WriterReader> newReader) {
        this.newReader = newReader;
    }

    /** {@return the instant up to which the logged clock has come} */
    public long now() {
        return now;
    }

    /** {@return the next instant at which time alone changes a watched metric, NEVER if there is none} */
    public long nextNs() {
        return nextNs;
    }

    /**
     * Whether a metric of a series is watched.
     *
     * @param seriesNumber of the series.
     * @return true if so: then an operation on it needs the clock in the log.
     */
    public boolean isWatched(final long seriesNumber) {
        return followed.size() > 0 && followed.first(seriesNumber) != null;
    }

    /** {@return what the log says of watches on panels} */
    public PanelLedger panels() {
        return followed.panels();
    }

    /** {@return what is subscribed to, in the order of subscribing} */
    public List<Subscription> subscriptions() {
        return followed.subscriptions().stream()
                .map(SeriesSubscription::definition)
                .toList();
    }

    /**
     * Finds a subscription.
     *
     * @param name of it.
     * @return what it follows, empty if there is none.
     */
    public Optional<Subscription> find(final String name) {
        final int index = followed.indexOf(name);
        return index < 0
                ? Optional.empty()
                : Optional.of(followed.subscriptions().get(index).definition());
    }

    /** The number of the last update of a subscription. */
    long lastNumber(final String name) {
        return followed.subscriptions().get(followed.indexOf(name)).lastNumber();
    }

    void attach(final String name, final UpdateRing ring) {
        followed.subscriptions().get(followed.indexOf(name)).rings().add(ring);
    }

    void detach(final String name, final UpdateRing ring) {
        final int index = followed.indexOf(name);
        if (index >= 0) {
            followed.subscriptions().get(index).rings().remove(ring);
        }
    }

    /** {@return how many queues are attached and open} */
    public int queueCount() {
        return followed.subscriptions().stream()
                .mapToInt(subscription -> subscription.rings().openCount())
                .sum();
    }

    /**
     * How many operations may be applied without an update that finds no room in a queue that must not lose anything.
     *
     * @param limit      the most that is wanted.
     * @param isListened whether only those queues count that a listener takes from.
     * @return 0 to the limit.
     */
    public int admissible(final int limit, final boolean isListened) {
        int admissible = limit;
        for (int i = 0; i < followed.subscriptions().size(); i++) {
            final SeriesSubscription one = followed.subscriptions().get(i);
            admissible = Math.min(admissible, one.rings().room(isListened) / updateCount(one.definition()));
        }
        return admissible;
    }

    /**
     * How many updates one operation on one series has at most, unless a watch takes more than its last event back.
     *
     * @param subscription any.
     * @return 1 or more.
     */
    public static int updateCount(final Subscription subscription) {
        return Math.max(
                1, subscription.metrics().size() + 2 * subscription.watches().size());
    }

    /** {@return how many series are followed, once for each subscription} */
    public int watchedCount() {
        return followed.size();
    }

    /**
     * Follows a subscription from now on, with all series that exist.
     *
     * @param subscription whose name is not in use.
     */
    public void subscribe(final Subscription subscription) {
        final SeriesSubscription added = new SeriesSubscription(subscription, newReader);
        followed.subscriptions().add(added);
        final WriterReader series = newReader.get();
        final long seriesCount = series.seriesCount();
        for (long number = 0; number < seriesCount; number++) {
            if (SeriesPattern.fits(subscription.pattern(), series.keyOf(number))) {
                series.series(number);
                follow(added, number, series.unit());
            }
        }
        nextNs = followed.nextNs();
    }

    /**
     * Follows a subscription no more: its queues stay empty, and its numbers are forgotten.
     *
     * @param name of a subscription.
     */
    public void unsubscribe(final String name) {
        followed.remove(followed.indexOf(name));
        nextNs = followed.nextNs();
    }

    private void follow(final SeriesSubscription subscription, final long seriesNumber, final Unit unit) {
        final WatchEntry entry = followed.add(subscription, seriesNumber, unit, now + 1);
        subscription.read(seriesNumber, unit, now);
        for (int i = 0; i < subscription.metricCount(); i++) {
            entry.set(i, 0, subscription.status(i), subscription.value(i), subscription.scaledValue(i));
        }
        entry.metricLookNs(subscription.nextNs(now));
        followed.setDeadline(entry);
    }

    /**
     * Follows a series from now on, with all subscriptions whose pattern fits it.
     *
     * @param seriesNumber of the series that was just defined.
     * @param key          of the series.
     * @param unit         of the series.
     */
    public void seriesDefined(final long seriesNumber, final String key, final Unit unit) {
        for (final SeriesSubscription subscription : followed.subscriptions()) {
            if (SeriesPattern.fits(subscription.definition().pattern(), key)) {
                follow(subscription, seriesNumber, unit);
            }
        }
        nextNs = followed.nextNs();
    }

    /**
     * Moves the clock, and looks at what time alone changes up to then, instant by instant.
     *
     * @param instantNs the new time; one before {@link #now()} does nothing.
     * @param sequence  of the operation that logged it.
     */
    public void advanceTo(final long instantNs, final long sequence) {
        while (nextNs <= instantNs) {
            now = nextNs;
            writer.cause(UpdateCause.TIME, sequence, Instants.NONE, Instants.NONE, Publisher.NO_REFERENCE);
            while (followed.nextNs() == now) {
                checkTime(followed.due());
            }
            nextNs = followed.nextNs();
        }
        now = Math.max(now, instantNs);
    }

    /**
     * Looks at the metrics of a series that a point or a withdrawal was applied to.
     *
     * @param cause           what it was.
     * @param seriesNumber    of the series.
     * @param validTimeNs     of the point.
     * @param knowledgeTimeNs of the point.
     * @param reference       of the point.
     * @param sequence        of the operation.
     */
    public void applied(
            final UpdateCause cause,
            final long seriesNumber,
            final long validTimeNs,
            final long knowledgeTimeNs,
            final long reference,
            final long sequence) {
        if (isBatch) {
            followed.touch(seriesNumber, validTimeNs);
            return;
        }
        writer.cause(cause, sequence, validTimeNs, knowledgeTimeNs, reference);
        for (WatchEntry entry = followed.first(seriesNumber); entry != null; entry = entry.next()) {
            check(entry, validTimeNs);
        }
        nextNs = followed.nextNs();
    }

    /** Looks at nothing until {@link #endBatch}. */
    public void beginBatch() {
        isBatch = true;
    }

    /**
     * Looks at the metrics of all series that were changed since {@link #beginBatch}, once.
     *
     * @param sequence of the operation that ends the batch.
     */
    public void endBatch(final long sequence) {
        isBatch = false;
        writer.cause(UpdateCause.BATCH, sequence, Instants.NONE, Instants.NONE, Publisher.NO_REFERENCE);
        followed.takeTouched(check);
        nextNs = followed.nextNs();
    }

    /** Looks at an entry whose series an operation has changed from an instant on. */
    private void check(final WatchEntry entry, final long fromNs) {
        checkMetrics(entry);
        final int watchCount = entry.subscription().watchCount();
        for (int i = 0; i < watchCount; i++) {
            follow(entry, i, Math.min(fromNs, now + 1));
        }
        followed.setDeadline(entry);
    }

    /** Looks at what of an entry is due now. */
    private void checkTime(final WatchEntry entry) {
        if (entry.metricLookNs() == now) {
            checkMetrics(entry);
        }
        final int watchCount = entry.subscription().watchCount();
        for (int i = 0; i < watchCount; i++) {
            if (entry.watch(i).nextCheckNs() == now) {
                follow(entry, i, now);
            }
        }
        followed.setDeadline(entry);
    }

    /** Reads the metrics of an entry as of now, tells which have changed, and when they must be looked at next. */
    private void checkMetrics(final WatchEntry entry) {
        final SeriesSubscription subscription = entry.subscription();
        subscription.read(entry.seriesNumber(), entry.unit(), now);
        writer.changes(entry.seriesNumber(), now);
        for (int i = 0; i < subscription.metricCount(); i++) {
            final Status status = subscription.status(i);
            final double value = subscription.value(i);
            final long scaledValue = subscription.scaledValue(i);
            if (!entry.isSame(i, status, value, scaledValue)) {
                publishUpdate(entry, i, status, value, scaledValue);
            }
        }
        entry.metricLookNs(subscription.nextNs(now));
    }

    private void publishUpdate(
            final WatchEntry entry, final int metric, final Status status, final double value, final long scaledValue) {
        final Status oldStatus = entry.status(metric);
        final double oldValue = entry.value(metric);
        final long revision = entry.revision(metric) + 1;
        writer.change(metric, entry.scaledValue(metric), scaledValue);
        entry.set(metric, revision, status, value, scaledValue);
        final SeriesSubscription subscription = entry.subscription();
        writer.publishUpdate(
                subscription.rings(), subscription.nextNumber(), revision, oldStatus, oldValue, status, value);
    }

    private void follow(final WatchEntry entry, final int watch, final long fromNs) {
        watched = entry.subscription();
        watchedState = entry.watch(watch);
        writer.events(entry.seriesNumber(), watch);
        watchRun.watch(
                watched.timeline(watch, entry.seriesNumber(), entry.unit()), watched.condition(watch), watchedState);
        watchRun.run(fromNs, now);
    }

    private void publishWatch(
            final UpdateType type,
            final long instantNs,
            final Status oldStatus,
            final double oldValue,
            final Status newStatus,
            final double newValue) {
        writer.event(type, instantNs);
        writer.publishUpdate(
                watched.rings(),
                watched.nextNumber(),
                watchedState.nextRevision(),
                oldStatus,
                oldValue,
                newStatus,
                newValue);
    }

    /**
     * Writes down what is followed and how it stood, so that {@link #read} goes on from there.
     *
     * @param out    to write to.
     * @param textOf a subscription.
     * @throws IOException if that fails.
     */
    public void write(final DataOutput out, final Function<Subscription, String> textOf) throws IOException {
        out.writeLong(now);
        followed.write(out, textOf);
    }

    /**
     * Goes on from what was written down, in the place of a replay. Nothing is followed yet.
     *
     * @param in             to read from.
     * @param subscriptionOf a text.
     * @throws IllegalStateException if that is not what the store holds.
     * @throws IOException           if it cannot be read to its end.
     */
    public void read(final DataInput in, final Function<String, Subscription> subscriptionOf) throws IOException {
        now = in.readLong();
        followed.read(in, subscriptionOf, newReader);
        nextNs = followed.nextNs();
    }
}
