package io.tollgate.core.watch;

import io.tollgate.api.DirectoryDamagedException;
import io.tollgate.api.series.Status;
import io.tollgate.api.series.Unit;
import io.tollgate.api.watch.Subscription;
import io.tollgate.core.read.WriterReader;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.function.ObjLongConsumer;
import java.util.function.Supplier;
import org.agrona.collections.Long2ObjectHashMap;

/**
 * What the subscriptions follow, how it stood when it was last looked at, and when that is to be done next.
 * It is written down when an engine is closed, and read when that is opened again: see {@link SubscriptionsDescriptor}.
 *
 * <p>Writer only.
 */
final class FollowedSeries {
    private static final int MAX_TEXT_LENGTH = 1 << 20;
    private static final int MAX_STATUS_CODE = Status.values().length - 1;

    private final List<SeriesSubscription> subscriptions = new ArrayList<>();
    private final List<WatchEntry> entries = new ArrayList<>();
    private final Long2ObjectHashMap<WatchEntry> firstOfSeries = new Long2ObjectHashMap<>();
    private final Deadlines deadlines = new Deadlines();
    /** Those whose series a batch has changed, each once, in the order of the first change. */
    private final ArrayList<WatchEntry> touched = new ArrayList<>();

    private final PanelLedger panels = new PanelLedger();

    /** The watches on panels, as the log tells of them. */
    PanelLedger panels() {
        return panels;
    }

    List<SeriesSubscription> subscriptions() {
        return subscriptions;
    }

    /** {@return the number of entries} */
    int size() {
        return entries.size();
    }

    /** {@return the first entry of a series, null if it is not followed} */
    WatchEntry first(final long seriesNumber) {
        return firstOfSeries.get(seriesNumber);
    }

    /** {@return the first instant at which an entry is due, NEVER if none is} */
    long nextNs() {
        return deadlines.firstNs();
    }

    /** {@return the entry that is due first; there must be one} */
    WatchEntry due() {
        return entries.get(deadlines.first());
    }

    /** {@return the place of a subscription, below 0 if there is none of that name} */
    int indexOf(final String name) {
        for (int i = 0; i < subscriptions.size(); i++) {
            if (subscriptions.get(i).definition().name().equals(name)) {
                return i;
            }
        }
        return -1;
    }

    /** Makes an entry for a series, with watches that begin at an instant; its metrics are to be looked at. */
    WatchEntry add(
            final SeriesSubscription subscription, final long seriesNumber, final Unit unit, final long startNs) {
        return append(new WatchEntry(subscription, seriesNumber, unit, startNs));
    }

    private WatchEntry append(final WatchEntry entry) {
        entry.index(entries.size());
        entries.add(entry);
        WatchEntry last = firstOfSeries.putIfAbsent(entry.seriesNumber(), entry);
        if (last != null) {
            while (last.next() != null) {
                last = last.next();
            }
            last.next(entry);
        }
        deadlines.ensureCapacity(entries.size());
        touched.ensureCapacity(entries.size());
        return entry;
    }

    /** Says when an entry is to be looked at next. */
    void setDeadline(final WatchEntry entry) {
        deadlines.set(entry.index(), entry.nextCheckNs());
    }

    /** Takes note of a change of a series within a batch. */
    void touch(final long seriesNumber, final long validTimeNs) {
        for (WatchEntry entry = first(seriesNumber); entry != null; entry = entry.next()) {
            if (entry.touchedFromNs() == Deadlines.NEVER) {
                touched.add(entry);
            }
            entry.touchedFromNs(Math.min(entry.touchedFromNs(), validTimeNs));
        }
    }

    /** Hands over each entry that was touched, and the earliest instant from which its series was changed. */
    void takeTouched(final ObjLongConsumer<WatchEntry> consumer) {
        for (int i = 0; i < touched.size(); i++) {
            final WatchEntry entry = touched.get(i);
            final long fromNs = entry.touchedFromNs();
            entry.touchedFromNs(Deadlines.NEVER);
            consumer.accept(entry, fromNs);
        }
        touched.clear();
    }

    /** Follows a subscription no more. */
    void remove(final int index) {
        final SeriesSubscription removed = subscriptions.remove(index);
        final List<WatchEntry> before = List.copyOf(entries);
        entries.clear();
        firstOfSeries.clear();
        deadlines.clear();
        for (final WatchEntry entry : before) {
            if (entry.subscription() != removed) {
                setDeadline(append(entry));
            }
        }
    }

    /** Writes all of it down. */
    void write(final DataOutput out, final Function<Subscription, String> textOf) throws IOException {
        out.writeInt(SubscriptionsDescriptor.VERSION);
        out.writeInt(subscriptions.size());
        out.writeInt(entries.size());
        for (final SeriesSubscription subscription : subscriptions) {
            final byte[] text = textOf.apply(subscription.definition()).getBytes(StandardCharsets.UTF_8);
            out.writeInt(text.length);
            out.write(text);
            out.writeLong(subscription.lastNumber());
        }
        for (final WatchEntry entry : entries) {
            out.writeLong(entry.seriesNumber());
            out.writeInt(subscriptions.indexOf(entry.subscription()));
            entry.write(out);
        }
        panels.write(out);
    }

    /**
     * Reads what was written down; nothing is followed yet.
     *
     * @throws IllegalStateException if that is not what the store holds, naming what was found.
     * @throws IOException           if it cannot be read, or ends before its end.
     */
    void read(
            final DataInput in,
            final Function<String, Subscription> subscriptionOf,
            final Supplier<WriterReader> newReader)
            throws IOException {
        final int version = in.readInt();
        final int subscriptionCount = in.readInt();
        final int entryCount = in.readInt();
        require(version == SubscriptionsDescriptor.VERSION, "version", version, SubscriptionsDescriptor.VERSION);
        final int most = PanelLedger.MAX_NAMES;
        final boolean isCount = subscriptionCount >= 0 && subscriptionCount <= most;
        require(isCount && entryCount >= 0, "subscriptionCount", subscriptionCount, most);
        for (int i = 0; i < subscriptionCount; i++) {
            final int length = in.readInt();
            require(length > 0 && length <= MAX_TEXT_LENGTH, "textLength", length, MAX_TEXT_LENGTH);
            final byte[] text = new byte[length];
            in.readFully(text);
            final SeriesSubscription subscription =
                    new SeriesSubscription(subscriptionOf.apply(new String(text, StandardCharsets.UTF_8)), newReader);
            subscription.lastNumber(in.readLong());
            subscriptions.add(subscription);
        }
        final WriterReader series = newReader.get();
        for (int i = 0; i < entryCount; i++) {
            readEntry(in, series);
        }
        panels.read(in);
    }

    private void readEntry(final DataInput in, final WriterReader series) throws IOException {
        final long seriesNumber = in.readLong();
        final int index = in.readInt();
        require(index >= 0 && index < subscriptions.size(), "subscription", index, subscriptions.size() - 1);
        require(series.has(seriesNumber), "seriesNumber", seriesNumber, series.seriesCount());
        series.series(seriesNumber);
        final WatchEntry entry = add(subscriptions.get(index), seriesNumber, series.unit(), 0);
        entry.read(in);
        setDeadline(entry);
    }

    /** The status that a byte stands for. */
    static Status statusOf(final byte code) {
        require(code >= 0 && code <= MAX_STATUS_CODE, "status", code, MAX_STATUS_CODE);
        return Status.of(code);
    }

    /** Refuses what cannot have been written down. */
    static void require(final boolean isRight, final String name, final long found, final long most) {
        if (!isRight) {
            throw new DirectoryDamagedException("subscriptions: found " + name + "=" + found + ", expected " + most
                    + " or what goes with it; run recover");
        }
    }
}
