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
import java.util.function.Supplier;

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
    private final Deadlines deadlines = new Deadlines();
    private final ChangedEntries touched = new ChangedEntries();
    private final PanelLedger panels = new PanelLedger();
    private WatchTable table = new WatchTable();
    private WatchStates watches = new WatchStates();

    /** What the log says of watches on panels. */
    PanelLedger panels() {
        return panels;
    }

    List<SeriesSubscription> subscriptions() {
        return subscriptions;
    }

    Deadlines deadlines() {
        return deadlines;
    }

    ChangedEntries touched() {
        return touched;
    }

    WatchTable table() {
        return table;
    }

    WatchStates watches() {
        return watches;
    }

    /** {@return the subscription that an entry belongs to} */
    SeriesSubscription of(final int entry) {
        return subscriptions.get(table.subscription(entry));
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
    int add(final int index, final long seriesNumber, final Unit unit, final long startNs) {
        final SeriesSubscription subscription = subscriptions.get(index);
        final int entry = table.add(seriesNumber, unit, index, subscription.metricCount(), watches.size());
        for (int i = 0; i < subscription.watchCount(); i++) {
            watches.add(startNs);
        }
        deadlines.ensureCapacity(table.size());
        touched.ensureCapacity(table.size());
        return entry;
    }

    /** Says when an entry is to be looked at next. */
    void setDeadline(final int entry) {
        long next = table.metricLook(entry);
        final int watchCount = of(entry).watchCount();
        for (int i = 0; i < watchCount; i++) {
            next = Math.min(next, watches.nextLookNs(table.firstWatch(entry) + i));
        }
        deadlines.set(entry, next);
    }

    /** Follows a subscription no more. */
    void remove(final int index) {
        final WatchTable before = table;
        final WatchStates watchesBefore = watches;
        table = new WatchTable();
        watches = new WatchStates();
        deadlines.clear();
        for (int entry = 0; entry < before.size(); entry++) {
            if (before.subscription(entry) != index) {
                final SeriesSubscription subscription = subscriptions.get(before.subscription(entry));
                table.addFrom(before, entry, subscription.metricCount(), watches.size(), index);
                for (int i = 0; i < subscription.watchCount(); i++) {
                    watches.addFrom(watchesBefore, before.firstWatch(entry) + i);
                }
            }
        }
        subscriptions.remove(index);
        for (int entry = 0; entry < table.size(); entry++) {
            setDeadline(entry);
        }
    }

    /** Writes all of it down. */
    void write(final DataOutput out, final Function<Subscription, String> textOf) throws IOException {
        out.writeInt(SubscriptionsDescriptor.VERSION);
        out.writeInt(subscriptions.size());
        out.writeInt(table.size());
        for (final SeriesSubscription subscription : subscriptions) {
            final byte[] text = textOf.apply(subscription.definition()).getBytes(StandardCharsets.UTF_8);
            out.writeInt(text.length);
            out.write(text);
            out.writeLong(subscription.lastNumber());
        }
        for (int entry = 0; entry < table.size(); entry++) {
            out.writeLong(table.seriesNumber(entry));
            out.writeInt(table.subscription(entry));
            out.writeLong(table.metricLook(entry));
            final SeriesSubscription subscription = of(entry);
            for (int i = 0; i < subscription.metricCount(); i++) {
                writeMetric(out, table.firstMetric(entry) + i);
            }
            for (int i = 0; i < subscription.watchCount(); i++) {
                watches.write(out, table.firstWatch(entry) + i);
            }
        }
        panels.write(out);
    }

    private void writeMetric(final DataOutput out, final int metric) throws IOException {
        out.writeLong(table.revision(metric));
        out.writeByte(table.status(metric).code());
        out.writeDouble(table.value(metric));
        out.writeLong(table.scaledValue(metric));
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
        final int entry = add(index, seriesNumber, series.unit(), 0);
        table.metricLook(entry, in.readLong());
        final SeriesSubscription subscription = subscriptions.get(index);
        for (int i = 0; i < subscription.metricCount(); i++) {
            readMetric(in, table.firstMetric(entry) + i);
        }
        for (int i = 0; i < subscription.watchCount(); i++) {
            watches.read(in, table.firstWatch(entry) + i);
        }
        setDeadline(entry);
    }

    private void readMetric(final DataInput in, final int metric) throws IOException {
        final long revision = in.readLong();
        table.set(metric, revision, statusOf(in.readByte()), in.readDouble(), in.readLong());
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
