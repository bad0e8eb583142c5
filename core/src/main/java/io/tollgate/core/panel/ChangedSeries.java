package io.tollgate.core.panel;

import io.tollgate.api.Instants;
import io.tollgate.api.MemberPattern;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicLongArray;

/**
 * Which of the series that a group, or another panel, rests on one shard has changed, and from which instant on, for a
 * thread that follows it over all shards. The writer of the shard says so before the change can be read; the version is
 * odd from the moment at which a batch that touches one of the series has marked them, or a point is applied, until all
 * of it can be read. Each series stands in the queue at most once, so that it never overflows. Some 40 bytes a series.
 *
 * <p>Writer of the shard: all that changes it; the follower: {@link #poll}. Any thread: {@link #version()} (acquire),
 * paired with {@link #end()} (release).
 */
public final class ChangedSeries {
    /** Instead of an instant: not changed. */
    static final long QUIET = Long.MAX_VALUE;

    /** Takes the place of a follower that has ended. */
    static final ChangedSeries NOBODY = new ChangedSeries(Set.of(), List.of(), false);

    private static final VarHandle VERSION;

    static {
        try {
            VERSION = MethodHandles.lookup().findVarHandle(ChangedSeries.class, "version", long.class);
        } catch (final ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    /** Takes what has changed. */
    @FunctionalInterface
    public interface Follower {
        /**
         * A series has changed.
         *
         * @param seriesNumber of the series.
         * @param fromNs       the earliest instant from which on.
         * @param isLife       whether the end of its life became known.
         */
        void changed(long seriesNumber, long fromNs, boolean isLife);
    }

    /** A queue for so many series; another, larger one takes its place when there are more. */
    private static final class Queue {
        private final long[] seriesNumbers;
        private final AtomicLongArray earliestNs;
        /** Of which the end of a life became known, which is said again with whatever changes later. */
        private final boolean[] lives;
        /** Twice the series: one that is being polled may be put in again before its place is given up. */
        private final int[] places;

        private final AtomicLong tail = new AtomicLong();
        private final AtomicLong head = new AtomicLong();

        private Queue(final int capacity) {
            seriesNumbers = new long[capacity];
            earliestNs = new AtomicLongArray(capacity);
            lives = new boolean[capacity];
            places = new int[2 * capacity];
            for (int i = 0; i < capacity; i++) {
                earliestNs.setPlain(i, QUIET);
            }
        }

        /**
         * Writes what is there also where that stays as it is: whoever has taken it before leaves it quiet, so that the
         * series is put in again; whoever takes it later sees all that was written before. A mere look at it could be
         * done before others see those writes.
         */
        private void put(final int index, final long fromNs) {
            if (earliestNs.getAndAccumulate(index, fromNs, Math::min) == QUIET) {
                final long at = tail.getPlain();
                places[(int) (at % places.length)] = index;
                tail.setRelease(at + 1);
            }
        }

        private int poll(final Follower follower) {
            final long end = tail.getAcquire();
            long at = head.getPlain();
            final int count = (int) (end - at);
            for (; at < end; at++) {
                final int index = places[(int) (at % places.length)];
                final long fromNs = earliestNs.getAndSet(index, QUIET);
                follower.changed(seriesNumbers[index], fromNs, lives[index]);
            }
            head.setPlain(end);
            return count;
        }
    }

    private final Set<String> keys;
    private final List<MemberPattern> patterns;
    private final boolean isWatch;
    private long version;
    private volatile Queue queue = new Queue(8);
    private int size;

    /**
     * The series of one shard that something rests on.
     *
     * @param keys     of series, of other shards too.
     * @param patterns of members.
     * @param isWatch  whether each change is to be followed alone.
     */
    public ChangedSeries(final Set<String> keys, final List<MemberPattern> patterns, final boolean isWatch) {
        this.isWatch = isWatch;
        this.keys = Set.copyOf(keys);
        this.patterns = List.copyOf(patterns);
    }

    /** Whether each change is to be followed alone. */
    boolean isWatch() {
        return isWatch;
    }

    /** Whether it rests on a series, or may once others are defined. Writer only. */
    boolean isFollowed(final String key) {
        return keys.contains(key) || patterns.stream().anyMatch(pattern -> isFollowed(pattern, key));
    }

    private static boolean isFollowed(final MemberPattern pattern, final String key) {
        return pattern.rate().code(key).isPresent()
                || pattern.weight().flatMap(weight -> weight.codeLeadingTo(key)).isPresent()
                || PatternMembers.memberships(pattern)
                        .flatMap(membership -> membership.codeLeadingTo(key))
                        .isPresent();
    }

    /** Takes a series in, and says that it has changed; returns its index. Writer only; allocates. */
    int add(final long seriesNumber) {
        if (size == queue.seriesNumbers.length) {
            final Queue before = queue;
            final Queue after = new Queue(2 * size);
            System.arraycopy(before.seriesNumbers, 0, after.seriesNumbers, 0, size);
            System.arraycopy(before.lives, 0, after.lives, 0, size);
            for (int i = 0; i < size; i++) {
                // What the follower takes from the old one at this moment is told twice, which does no harm.
                final long fromNs = before.earliestNs.get(i);
                if (fromNs != QUIET) {
                    after.put(i, fromNs);
                }
            }
            queue = after;
        }
        queue.seriesNumbers[size] = seriesNumber;
        queue.put(size, Instants.MIN);
        return size++;
    }

    /** Says that series are being changed; again, it does nothing and returns false. Writer only. */
    boolean begin() {
        final long now = version;
        final boolean isFirst = (now & 1) == 0;
        if (isFirst) {
            VERSION.setOpaque(this, now + 1);
            VarHandle.storeStoreFence();
        }
        return isFirst;
    }

    /** Says that a series has changed, between begin and end. Writer only. */
    void changed(final int index, final long fromNs, final boolean isLife) {
        if (isLife) {
            queue.lives[index] = true;
        }
        queue.put(index, fromNs);
    }

    /** Says that all changes can be read. Writer only. */
    void end() {
        final long now = version;
        if ((now & 1) != 0) {
            VERSION.setRelease(this, now + 1);
        }
    }

    /**
     * Grows with each change.
     *
     * @return even where all changes up to now can be read, and were said.
     */
    public long version() {
        return (long) VERSION.getAcquire(this);
    }

    /**
     * Gives what has changed since the last call. The follower's thread only.
     *
     * @param follower takes it.
     * @return how many series have.
     */
    public int poll(final Follower follower) {
        return queue.poll(follower);
    }
}
