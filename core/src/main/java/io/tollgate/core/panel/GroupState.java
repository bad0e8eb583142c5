package io.tollgate.core.panel;

import io.tollgate.api.Group;
import io.tollgate.api.Instants;
import io.tollgate.api.Publisher;
import io.tollgate.core.number.GroupSums;
import io.tollgate.core.read.LevelSet;
import io.tollgate.core.read.LevelSource;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;

/**
 * The sums of a group, kept up to date with each change of a member: what the member had added is taken away, exactly,
 * and what it adds now is added. Some 32 bytes a member, 100 more where its series are not in another group.
 *
 * <p>One thread changes it, between {@link #begin()} (the version becomes odd, then everything else is written) and
 * {@link #end()} (release). Any thread reads: {@link #tryRead} takes the version (acquire), copies the sums, and
 * takes the version again.
 */
final class GroupState {
    /** After which the series are read instead. */
    private static final int MAX_ATTEMPTS = 1_000;

    private static final VarHandle VERSION;

    static {
        try {
            VERSION = MethodHandles.lookup().findVarHandle(GroupState.class, "version", long.class);
        } catch (final ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    private final Group group;
    private final MemberLevels member;
    private final LevelSet levels;
    private final MemberTable table;
    private final long baseNs;
    private final GroupSums sums = new GroupSums();
    private final long[] weights;
    private final long[] rates;
    private final DueHeap due;
    private long version;
    private long fromNs = Instants.MIN;
    private long untilNs;

    /** A state that {@link #refresh} must fill. */
    GroupState(final Group group, final LevelSource source, final MemberLevels member) {
        this.group = group;
        this.member = member;
        levels = source.newSet();
        table = new MemberTable(group, levels);
        baseNs = group.weightsFixedAt().orElse(Publisher.NONE);
        weights = new long[table.size()];
        rates = new long[table.size()];
        due = new DueHeap(table.size());
    }

    Group group() {
        return group;
    }

    MemberTable table() {
        return table;
    }

    LevelSet levels() {
        return levels;
    }

    /** Whether the state is being changed. Writer only. */
    boolean isChanging() {
        return (version & 1) != 0;
    }

    /** Marks the state as being changed; again, it does nothing. Writer only. */
    void begin() {
        final long now = version;
        if ((now & 1) == 0) {
            VERSION.setOpaque(this, now + 1);
            VarHandle.storeStoreFence();
        }
    }

    /** Releases the change, if there is one. Writer only. */
    void end() {
        final long now = version;
        if ((now & 1) != 0) {
            untilNs = due.firstNs();
            VERSION.setRelease(this, now + 1);
        }
    }

    /** The next instant at which time alone changes a member. */
    long dueNs() {
        return due.firstNs();
    }

    /** Looks at the members again that time has changed, up to an instant. Writer only, between begin and end. */
    void refreshDue(final long nowNs) {
        while (due.firstNs() <= nowNs) {
            refresh(due.first(), nowNs);
        }
    }

    /** Looks at a member again. Writer only, between begin and end. */
    void refresh(final int i, final long nowNs) {
        if (!member.place(levels, table, i, nowNs, baseNs == Publisher.NONE ? nowNs : baseNs)) {
            throw new IllegalStateException("series="
                    + group.members().get(i).rate().key() + " or its weight has a damaged tree, expected whole blocks;"
                    + " restore the data directory");
        }
        final long w = member.weight(table, i, nowNs);
        final long t = member.rate();
        if (w != weights[i] || t != rates[i]) {
            if (weights[i] > MemberLevels.NO_WEIGHT) {
                sums.subtract(weights[i], rates[i]);
            }
            if (w > MemberLevels.NO_WEIGHT) {
                sums.add(w, t);
            }
            weights[i] = w;
            rates[i] = t;
        }
        final boolean isFixed = baseNs != Publisher.NONE;
        fromNs = Math.max(fromNs, member.sinceNs(table, i, nowNs, isFixed));
        due.set(i, member.changesAtNs(table, i, nowNs, isFixed));
    }

    /**
     * Copies the sums as seen from an instant; any thread.
     *
     * @return false if they are being changed all the time, or are those of other instants: then the copy means
     *     nothing.
     */
    boolean tryRead(final long atNs, final GroupAnswer target) {
        for (int i = 0; i < MAX_ATTEMPTS; i++) {
            final long before = (long) VERSION.getAcquire(this);
            if ((before & 1) == 0) {
                final boolean isThen = atNs >= fromNs && atNs < untilNs;
                if (isThen) {
                    target.take(sums, untilNs);
                }
                VarHandle.loadLoadFence();
                if (version == before) {
                    return isThen;
                }
            }
            Thread.onSpinWait();
        }
        return false;
    }
}
