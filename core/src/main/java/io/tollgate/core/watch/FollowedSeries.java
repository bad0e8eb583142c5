package io.tollgate.core.watch;

import io.tollgate.api.DirectoryDamagedException;
import io.tollgate.api.series.Status;
import io.tollgate.api.watch.Subscription;
import io.tollgate.core.read.WriterReader;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInput;
import java.io.DataInputStream;
import java.io.DataOutput;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.function.ObjLongConsumer;
import java.util.function.Supplier;
import org.agrona.collections.Long2ObjectHashMap;

/**
 * The entries that the subscriptions follow, with the state of their last read and the deadline of the next one. They
 * are written when an engine is closed, and read when it is opened again: see {@link SubscriptionsDescriptor}.
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
    /** The entries whose series a batch has changed, each once, in the order of their first change. */
    private final ArrayList<WatchEntry> touched = new ArrayList<>();

    private final PanelLedger panels = new PanelLedger();

    /** Returns the logged state of the watches on panels. */
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

    /** {@return the first deadline of an entry, NEVER if there is none} */
    long nextNs() {
        return deadlines.firstNs();
    }

    /** {@return the entry that is due first; there must be one} */
    WatchEntry due() {
        return entries.get(deadlines.first());
    }

    /** {@return the index of a subscription, below 0 if there is none of that name} */
    int indexOf(final String name) {
        for (int i = 0; i < subscriptions.size(); i++) {
            if (subscriptions.get(i).definition().name().equals(name)) {
                return i;
            }
        }
        return -1;
    }

    /** Adds an entry for a series, whose watches begin at an instant. The caller must read its metrics. */
    WatchEntry add(final SeriesSubscription subscription, final long seriesNumber, final long startNs) {
        return append(new WatchEntry(subscription, seriesNumber, startNs));
    }

    /** Adds an entry with a state from {@link #states}. */
    void add(final SeriesSubscription subscription, final long seriesNumber, final byte[] state) {
        final WatchEntry entry = new WatchEntry(subscription, seriesNumber, 0);
        try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(state))) {
            entry.read(in);
            final long read = (long) state.length - in.available();
            require("stateLength", state.length, read, read);
        } catch (final IOException e) {
            throw new DirectoryDamagedException(
                    "subscription=" + subscription.definition().name() + " stateLength=" + state.length
                            + ", expected a longer state; run recover",
                    e);
        }
        setDeadline(append(entry));
    }

    /** Returns the state of each entry of a subscription, in the order of the entries. */
    List<FollowedState> states(final int index, final WriterReader series) {
        final SeriesSubscription subscription = subscriptions.get(index);
        final List<FollowedState> states = new ArrayList<>();
        final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (DataOutputStream out = new DataOutputStream(bytes)) {
            for (final WatchEntry entry : entries) {
                if (entry.subscription() == subscription) {
                    bytes.reset();
                    entry.write(out);
                    states.add(new FollowedState(series.keyOf(entry.seriesNumber()), bytes.toByteArray()));
                }
            }
        } catch (final IOException e) {
            throw new UncheckedIOException("a write of " + bytes.size() + " bytes to memory failed", e);
        }
        return states;
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

    /** Sets the deadline of an entry to its next read. */
    void setDeadline(final WatchEntry entry) {
        deadlines.set(entry.index(), entry.nextCheckNs());
    }

    /** Records a change of a series within a batch. */
    void touch(final long seriesNumber, final long validTimeNs) {
        for (WatchEntry entry = first(seriesNumber); entry != null; entry = entry.next()) {
            if (entry.touchedFromNs() == Deadlines.NEVER) {
                touched.add(entry);
            }
            entry.touchedFromNs(Math.min(entry.touchedFromNs(), validTimeNs));
        }
    }

    /** Passes on each touched entry, and the earliest start of the changes of its series. */
    void takeTouched(final ObjLongConsumer<WatchEntry> consumer) {
        for (int i = 0; i < touched.size(); i++) {
            final WatchEntry entry = touched.get(i);
            final long fromNs = entry.touchedFromNs();
            entry.touchedFromNs(Deadlines.NEVER);
            consumer.accept(entry, fromNs);
        }
        touched.clear();
    }

    /** Removes a subscription and its entries. */
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
     * Reads the written state. There must be no subscriptions yet.
     *
     * @throws IllegalStateException if the state does not match the store, naming the value found.
     * @throws IOException           if it cannot be read, or ends too early.
     */
    void read(
            final DataInput in,
            final Function<String, Subscription> subscriptionOf,
            final Supplier<WriterReader> newReader)
            throws IOException {
        final int version = in.readInt();
        final int subscriptionCount = in.readInt();
        final int entryCount = in.readInt();
        require("version", version, SubscriptionsDescriptor.VERSION, SubscriptionsDescriptor.VERSION);
        require("subscriptionCount", subscriptionCount, 0, PanelLedger.MAX_NAMES);
        require("entryCount", entryCount, 0, Integer.MAX_VALUE);
        for (int i = 0; i < subscriptionCount; i++) {
            final int length = in.readInt();
            require("textLength", length, 1, MAX_TEXT_LENGTH);
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
        require("subscription", index, 0, subscriptions.size() - 1L);
        require("seriesNumber", seriesNumber, 0, series.seriesCount() - 1);
        final WatchEntry entry = add(subscriptions.get(index), seriesNumber, 0);
        entry.read(in);
        setDeadline(entry);
    }

    /** Returns the status of a code. */
    static Status statusOf(final byte code) {
        require("status", code, 0, MAX_STATUS_CODE);
        return Status.of(code);
    }

    /** Rejects a value that cannot have been written. */
    static void require(final String name, final long found, final long least, final long most) {
        if (found < least || found > most) {
            throw new DirectoryDamagedException("the subscriptions are damaged: " + name + '=' + found + ", expected "
                    + (least == most ? least : least + " to " + most)
                    + "; run recover, or restore the directory from a backup");
        }
    }
}
