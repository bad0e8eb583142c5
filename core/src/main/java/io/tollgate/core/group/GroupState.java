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
 * The sums of a group, or of the nodes of a hierarchy, kept up to date with each change of a member. In each node above
 * the member, its old contribution is subtracted exactly, and its new contribution is added. About 70 bytes a member,
 * 36 for each node above it, 1,000 a node, and 150 a series.
 *
 * <p>The state is a seqlock. One thread changes it, between {@link #begin()} (the version becomes odd, then everything
 * else is written) and {@link #end()} (release). Any thread reads: {@link #tryRead} reads the version (acquire), copies
 * the sums, and reads the version again.
 */
public final class GroupState {
    /** The number of attempts after which a reader sums the series instead. */
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
    /** The weight and the rate that each placement of a member has added to its node. */
    private long[] weights = new long[8];

    private long[] rates = new long[8];
    /** The instant since which the contribution of each member has been in force. */
    private long[] sinceNs = new long[8];

    private int memberCount;
    private int retiredCount;
    private MemberFingerprint edition = MemberFingerprint.NONE;
    private long version;
    private long fromNs = Instants.MIN;
    private long untilNs;

    /** Creates a state without members; {@link #takeNew} adds them. */
    public GroupState(
            final Group group,
            final Optional<Hierarchy> hierarchy,
            final LevelSource source,
            final MemberLevels member) {
        this.member = member;
        roster = new MemberTable(group, hierarchy, source);
        baseNs = group.weightsFixedAt().orElse(Instants.NONE);
    }

    /** Returns the members; the sums may not include the last ones yet. */
    public MemberTable roster() {
        return roster;
    }

    /**
     * Adds new members: the listed members at first, and members by pattern whenever a series was defined. They
     * have no effect until {@link #refresh}. Writer only, between begin and end.
     *
     * @param onMember receives each new member, and must refresh it.
     * @param onRetired receives each retired member, and must refresh it.
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

    /** Returns true if a series was defined that is now a member, or is left out. */
    public boolean hasNew() {
        roster.refresh();
        return !edition.isOf(roster);
    }

    /** Makes the version odd. Returns false, without effect, if it is odd already. Writer only. */
    boolean begin() {
        final long now = version;
        final boolean isFirst = (now & 1) == 0;
        if (isFirst) {
            VERSION.setOpaque(this, now + 1);
            VarHandle.storeStoreFence();
        }
        return isFirst;
    }

    /** Makes the version even (release) if it is odd. Writer only. */
    void end() {
        final long now = version;
        if ((now & 1) != 0) {
            untilNs = due.firstNs();
            VERSION.setRelease(this, now + 1);
        }
    }

    /** Returns the next instant at which time alone changes a member. */
    public long dueNs() {
        return due.firstNs();
    }

    /** Returns the member that time alone changes first. */
    int firstDue() {
        return due.first();
    }

    /**
     * Returns the member that time alone changes first, and removes its deadline. The caller must refresh it. Writer
     * only, between begin and end.
     */
    public int takeDue() {
        final int first = due.first();
        due.set(first, DueHeap.NEVER);
        return first;
    }

    /** Visits the members whose contribution was different at an instant before their last refresh. Writer only. */
    public void visitChangedSince(final long atNs, final IntConsumer visitor) {
        for (int i = 0; i < memberCount; i++) {
            if (sinceNs[i] > atNs) {
                visitor.accept(i);
            }
        }
    }

    /** Reads a member again and updates the sums. Writer only, between begin and end. */
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
                    + roster.levels().seriesNumber(roster.rate(i)) + " or its weight has a damaged tree; restore the"
                    + " data directory");
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

    /** Passes on the current sums. Writer only. */
    public boolean give(final SumsTarget target) {
        return target.take(sums, edition, due.firstNs());
    }

    /**
     * Copies the sums at an instant. Any thread.
     *
     * @return false if every attempt was contended, or the sums are of other instants or members; then the copy is not
     *     valid.
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
