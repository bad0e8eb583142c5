package io.tollgate.core.group;

import io.tollgate.api.DirectoryDamagedException;
import io.tollgate.api.group.Group;
import io.tollgate.api.group.Hierarchy;
import io.tollgate.api.series.Instants;
import io.tollgate.core.number.GroupSums;
import io.tollgate.core.read.LevelSource;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.Arrays;
import java.util.Optional;
import java.util.function.IntConsumer;

/**
 * The sums of a group, or of the nodes of a hierarchy, kept up to date with each change of a member: what the member
 * had added is taken away, exactly, and what it adds now is added, in each node above it. Some 70 bytes a member, 36
 * for each node above it, 1,000 a node, and 150 a series.
 *
 * <p>One thread changes it, between {@link #begin()} (the version becomes odd, then everything else is written) and
 * {@link #end()} (release). Any thread reads: {@link #tryRead} takes the version (acquire), copies the sums, and
 * takes the version again.
 */
public final class GroupState {
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

    private final MemberLevels member;
    private final MemberTable roster;
    private final long baseNs;
    private final DueHeap due = new DueHeap(0);
    private GroupSums[] sums = new GroupSums[0];
    /** What each stand of a member has added to its node: weight and rate. */
    private long[] weights = new long[8];

    private long[] rates = new long[8];
    /** Since when each member has stood as it was found. */
    private long[] sinceNs = new long[8];

    private int memberCount;
    private int retiredCount;
    private MemberFingerprint edition = MemberFingerprint.NONE;
    private long version;
    private long fromNs = Instants.MIN;
    private long untilNs;

    /** A state without members, which {@link #takeNew} adds. */
    public GroupState(
            final Group group,
            final Optional<Hierarchy> hierarchy,
            final LevelSource source,
            final MemberLevels member) {
        this.member = member;
        roster = new MemberTable(group, hierarchy, source);
        baseNs = group.weightsFixedAt().orElse(Instants.NONE);
    }

    /** The members, of which the last ones may not be kept yet. */
    public MemberTable roster() {
        return roster;
    }

    /**
     * Takes in members that are new: those listed at first, those by pattern whenever a series was defined. They add
     * nothing yet. Writer only, between begin and end.
     *
     * @param onMember is told of each, and looks at it.
     * @param onRetired is told of each that is one no more, and looks at it.
     */
    public void takeNew(final IntConsumer onMember, final IntConsumer onRetired) {
        roster.refresh();
        final int before = sums.length;
        if (before < roster.nodes().size()) {
            sums = Arrays.copyOf(sums, roster.nodes().size());
            Arrays.setAll(sums, node -> node < before ? sums[node] : new GroupSums());
        }
        if (weights.length < roster.placementCount()) {
            weights = Arrays.copyOf(weights, 2 * roster.placementCount());
            rates = Arrays.copyOf(rates, 2 * roster.placementCount());
        }
        if (sinceNs.length < roster.size()) {
            sinceNs = Arrays.copyOf(sinceNs, 2 * roster.size());
        }
        while (memberCount < roster.size()) {
            due.add();
            onMember.accept(memberCount++);
        }
        while (retiredCount < roster.retired().size()) {
            onRetired.accept(roster.retired().getInt(retiredCount++));
        }
        edition = roster.edition();
    }

    /** Whether a series was defined that is a member now, or is left out. */
    public boolean hasNew() {
        roster.refresh();
        return !edition.isOf(roster);
    }

    /** Marks the state as being changed; again, it does nothing and returns false. Writer only. */
    boolean begin() {
        final long now = version;
        final boolean isFirst = (now & 1) == 0;
        if (isFirst) {
            VERSION.setOpaque(this, now + 1);
            VarHandle.storeStoreFence();
        }
        return isFirst;
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
    public long dueNs() {
        return due.firstNs();
    }

    /** The member that time alone changes first. */
    int firstDue() {
        return due.first();
    }

    /** The same, which is not due any more: it must be looked at again. Writer only, between begin and end. */
    public int takeDue() {
        final int first = due.first();
        due.set(first, DueHeap.NEVER);
        return first;
    }

    /** Tells of the members that stood otherwise at an instant before that of the last look at them. Writer only. */
    public void visitChangedSince(final long atNs, final IntConsumer visitor) {
        for (int i = 0; i < memberCount; i++) {
            if (sinceNs[i] > atNs) {
                visitor.accept(i);
            }
        }
    }

    /** Looks at a member again. Writer only, between begin and end. */
    void refresh(final int i, final long nowNs) {
        requireIntact(i, place(i, nowNs));
        put(
                i,
                nowNs,
                member.weight(roster, i, nowNs),
                member.rate(),
                unchangedSinceNs(i, nowNs),
                changesAtNs(i, nowNs));
    }

    private boolean place(final int i, final long nowNs) {
        return member.place(roster, i, nowNs, baseNs == Instants.NONE ? nowNs : baseNs);
    }

    private long unchangedSinceNs(final int i, final long nowNs) {
        return member.sinceNs(roster, i, nowNs, baseNs != Instants.NONE);
    }

    private long changesAtNs(final int i, final long nowNs) {
        return member.changesAtNs(roster, i, nowNs, baseNs != Instants.NONE);
    }

    private void requireIntact(final int i, final boolean isIntact) {
        if (!isIntact) {
            throw new DirectoryDamagedException("seriesNumber="
                    + roster.levels().seriesNumber(roster.rate(i)) + " or its weight has a damaged tree, expected whole"
                    + " blocks; restore the data directory");
        }
    }

    private void put(
            final int i,
            final long nowNs,
            final long w,
            final long t,
            final long unchangedSinceNs,
            final long changesAtNs) {
        for (int placement = roster.firstPlacement(i); placement < roster.firstPlacement(i + 1); placement++) {
            replace(placement, roster.parts(i), roster.isPlaced(placement, nowNs) ? w : MemberLevels.NO_WEIGHT, t);
        }
        sinceNs[i] = unchangedSinceNs;
        fromNs = Math.max(fromNs, unchangedSinceNs);
        due.set(i, changesAtNs);
    }

    private void replace(final int placement, final long parts, final long w, final long t) {
        if (w != weights[placement] || t != rates[placement]) {
            final GroupSums node = sums[roster.placementNode(placement)];
            if (weights[placement] > MemberLevels.NO_WEIGHT) {
                node.subtract(weights[placement], parts, rates[placement]);
            }
            if (w > MemberLevels.NO_WEIGHT) {
                node.add(w, parts, t);
            }
            weights[placement] = w;
            rates[placement] = t;
        }
    }

    /** Gives the sums as they are. Writer only. */
    public boolean give(final SumsTarget target) {
        return target.take(sums, edition, due.firstNs());
    }

    /**
     * Copies the sums as seen from an instant; any thread.
     *
     * @return false if they are being changed all the time, or are those of other instants or members: then the copy
     *     means nothing.
     */
    public boolean tryRead(final long atNs, final SumsTarget target) {
        for (int i = 0; i < MAX_ATTEMPTS; i++) {
            final long before = (long) VERSION.getAcquire(this);
            if ((before & 1) == 0) {
                final boolean isThen = atNs >= fromNs && atNs < untilNs && target.take(sums, edition, untilNs);
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
