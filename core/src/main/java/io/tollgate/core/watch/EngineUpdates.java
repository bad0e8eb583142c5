package io.tollgate.core.watch;

import io.tollgate.api.Publisher;
import io.tollgate.api.series.Instants;
import io.tollgate.api.series.SeriesPattern;
import io.tollgate.api.series.Status;
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
 * The updates of an engine. Reads watched metrics after each operation on their series, and at the instants at which
 * time alone changes them, and emits an update for each change. All updates follow from the operations of the log, in
 * their order, because only logged advances move the clock used here. A replay therefore emits the same updates with
 * the same numbers. Called after the change of a series has been released. Writer only.
 */
public final class EngineUpdates {
    /** The instant of an event that never happens. */
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
     * Creates an object without subscriptions.
     *
     * @param newReader creates readers of the series.
     */
    public EngineUpdates(final Supplier<WriterReader> newReader) {
        this.newReader = newReader;
    }

    /** {@return the time of the logged clock} */
    public long now() {
        return now;
    }

    /** {@return the next instant at which time alone changes a watched metric, NEVER if there is none} */
    public long nextNs() {
        return nextNs;
    }

    /**
     * Returns true if a metric of a series is watched.
     *
     * @param seriesNumber of the series.
     * @return true if an operation on the series must log the clock.
     */
    public boolean isWatched(final long seriesNumber) {
        return followed.size() > 0 && followed.first(seriesNumber) != null;
    }

    /** {@return the logged state of watches on panels} */
    public PanelLedger panels() {
        return followed.panels();
    }

    /** {@return the subscriptions, in the order of subscribing} */
    public List<Subscription> subscriptions() {
        return followed.subscriptions().stream()
                .map(SeriesSubscription::definition)
                .toList();
    }

    /**
     * Finds a subscription.
     *
     * @param name of the subscription.
     * @return the subscription, empty if there is none.
     */
    public Optional<Subscription> find(final String name) {
        final int index = followed.indexOf(name);
        return index < 0
                ? Optional.empty()
                : Optional.of(followed.subscriptions().get(index).definition());
    }

    /**
     * Returns the number of the last update of a subscription.
     *
     * @param name of a subscription.
     * @return 0 before the first update.
     */
    public long lastNumber(final String name) {
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

    /** {@return the number of attached open queues} */
    public int queueCount() {
        return followed.subscriptions().stream()
                .mapToInt(subscription -> subscription.rings().openCount())
                .sum();
    }

    /**
     * Returns the number of operations that may be applied before an update may find a BLOCK queue full.
     *
     * @param limit      the largest useful number.
     * @param isListened true if only queues with a listener of the engine count.
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
     * Returns the largest number of updates that one operation on one series emits. It may be exceeded if a watch
     * retracts more than its last event.
     *
     * @param subscription any.
     * @return 1 or more.
     */
    public static int updateCount(final Subscription subscription) {
        return Math.max(
                1, subscription.metrics().size() + 2 * subscription.watches().size());
    }

    /** {@return the number of followed series, counted once for each subscription} */
    public int watchedCount() {
        return followed.size();
    }

    /**
     * Adds a subscription, which follows all existing series that match.
     *
     * @param subscription a subscription with a new name.
     */
    public void subscribe(final Subscription subscription) {
        final SeriesSubscription added = new SeriesSubscription(subscription, newReader);
        followed.subscriptions().add(added);
        final WriterReader series = newReader.get();
        final long seriesCount = series.seriesCount();
        for (long number = 0; number < seriesCount; number++) {
            if (SeriesPattern.fits(subscription.pattern(), series.keyOf(number))) {
                follow(added, number);
            }
        }
        nextNs = followed.nextNs();
    }

    /**
     * Adds a subscription that another engine has had. It follows the series passed to {@link #follow}, and those
     * defined from now on.
     *
     * @param subscription a subscription with a new name.
     * @param lastNumber   the number of its last update.
     */
    public void resume(final Subscription subscription, final long lastNumber) {
        final SeriesSubscription added = new SeriesSubscription(subscription, newReader);
        added.lastNumber(lastNumber);
        followed.subscriptions().add(added);
    }

    /**
     * Follows a series with a resumed subscription.
     *
     * @param name         of the subscription.
     * @param seriesNumber of the series.
     * @param state        the state of the series from {@link #states}; if it is empty, the series is followed from now
     *                     on.
     * @return false if there is no such subscription or series.
     * @throws io.tollgate.api.DirectoryDamagedException if the state is damaged.
     */
    public boolean follow(final String name, final long seriesNumber, final byte[] state) {
        final int index = followed.indexOf(name);
        final WriterReader series = newReader.get();
        if (index < 0 || !series.has(seriesNumber)) {
            return false;
        }
        final SeriesSubscription subscription = followed.subscriptions().get(index);
        if (state.length == 0) {
            follow(subscription, seriesNumber);
        } else {
            followed.add(subscription, seriesNumber, state);
        }
        nextNs = followed.nextNs();
        return true;
    }

    /**
     * Returns the state of each series that a subscription follows, in the order in which it follows them.
     *
     * @param name of a subscription.
     * @return the states.
     */
    public List<FollowedState> states(final String name) {
        return followed.states(followed.indexOf(name), newReader.get());
    }

    /**
     * Removes a subscription. Its queues receive no further updates, and its numbers are forgotten.
     *
     * @param name of a subscription.
     */
    public void unsubscribe(final String name) {
        followed.remove(followed.indexOf(name));
        nextNs = followed.nextNs();
    }

    private void follow(final SeriesSubscription subscription, final long seriesNumber) {
        final WatchEntry entry = followed.add(subscription, seriesNumber, now + 1);
        subscription.read(seriesNumber, now);
        for (int i = 0; i < subscription.metricCount(); i++) {
            entry.set(i, 0, subscription.status(i), subscription.value(i), subscription.scaledValue(i));
        }
        entry.metricLookNs(subscription.nextNs(now));
        followed.setDeadline(entry);
    }

    /**
     * Follows a new series with all subscriptions whose pattern matches it.
     *
     * @param seriesNumber of the series that was just defined.
     * @param key          of the series.
     */
    public void seriesDefined(final long seriesNumber, final String key) {
        for (final SeriesSubscription subscription : followed.subscriptions()) {
            if (SeriesPattern.fits(subscription.definition().pattern(), key)) {
                follow(subscription, seriesNumber);
            }
        }
        nextNs = followed.nextNs();
    }

    /**
     * Advances the clock, and reads the metrics that time alone changes until then, instant by instant.
     *
     * @param instantNs the new time; an instant before {@link #now()} has no effect.
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
     * Reads the metrics of a series after a point or a withdrawal was applied to it.
     *
     * @param cause           the kind of the operation.
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

    /** Delays all reads until {@link #endBatch}. */
    public void beginBatch() {
        isBatch = true;
    }

    /**
     * Reads the metrics of all series that were changed since {@link #beginBatch}, each once.
     *
     * @param sequence of the operation that ends the batch.
     */
    public void endBatch(final long sequence) {
        isBatch = false;
        writer.cause(UpdateCause.BATCH, sequence, Instants.NONE, Instants.NONE, Publisher.NO_REFERENCE);
        followed.takeTouched(check);
        nextNs = followed.nextNs();
    }

    /** Reads an entry after an operation has changed its series from an instant on. */
    private void check(final WatchEntry entry, final long fromNs) {
        checkMetrics(entry);
        final int watchCount = entry.subscription().watchCount();
        for (int i = 0; i < watchCount; i++) {
            follow(entry, i, Math.min(fromNs, now + 1));
        }
        followed.setDeadline(entry);
    }

    /** Reads the metrics and watches of an entry that are due now. */
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

    /** Reads the metrics of an entry as of now, emits the changes, and sets the instant of the next read. */
    private void checkMetrics(final WatchEntry entry) {
        final SeriesSubscription subscription = entry.subscription();
        subscription.read(entry.seriesNumber(), now);
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
        watchRun.watch(watched.timeline(watch, entry.seriesNumber()), watched.condition(watch), watchedState);
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
     * Writes the subscriptions and the state of their metrics and watches, so that {@link #read} can restore them.
     *
     * @param out    to write to.
     * @param textOf converts a subscription to its text.
     * @throws IOException if that fails.
     */
    public void write(final DataOutput out, final Function<Subscription, String> textOf) throws IOException {
        out.writeLong(now);
        followed.write(out, textOf);
    }

    /**
     * Restores the written state instead of a replay. There must be no subscriptions yet.
     *
     * @param in             to read from.
     * @param subscriptionOf converts a text to its subscription.
     * @throws IllegalStateException if the state does not match the store.
     * @throws IOException           if it cannot be read to its end.
     */
    public void read(final DataInput in, final Function<String, Subscription> subscriptionOf) throws IOException {
        now = in.readLong();
        followed.read(in, subscriptionOf, newReader);
        nextNs = followed.nextNs();
    }
}
