package io.tollgate.core.panel;

import io.tollgate.api.Group;
import io.tollgate.api.Publisher;
import io.tollgate.core.number.GroupSums;
import io.tollgate.core.read.LevelCursor;
import io.tollgate.core.read.LevelReader;
import io.tollgate.core.read.LevelSet;
import io.tollgate.core.read.LevelSource;

/** Sums up the members of a group, at an instant or over a window, from their series. Used by one thread. */
final class GroupScan implements LevelReader.Attempt {
    private final LevelSet levels;
    private final MemberTable table;
    private final MemberLevels member;
    private final long baseNs;
    private final GroupSums sums = new GroupSums();
    private final CoveredTime covered = new CoveredTime();
    private boolean isWindow;
    private long startNs;
    private long endNs;
    private long changesAtNs;

    GroupScan(final Group group, final LevelSource source, final MemberLevels member) {
        levels = source.newSet();
        table = new MemberTable(group, levels);
        baseNs = group.weightsFixedAt().orElse(Publisher.NONE);
        this.member = member;
    }

    LevelSet levels() {
        return levels;
    }

    /** Reads at an instant next. */
    GroupScan at(final long atNs) {
        isWindow = false;
        startNs = atNs;
        endNs = atNs;
        return this;
    }

    /** Reads over a window next. */
    GroupScan over(final long fromNs, final long toNs) {
        isWindow = true;
        startNs = fromNs;
        endNs = toNs;
        return this;
    }

    @Override
    public boolean read() {
        sums.clear();
        covered.clear();
        changesAtNs = LevelCursor.NEVER;
        boolean isWhole = true;
        for (int i = 0; isWhole && i < table.size(); i++) {
            isWhole = isWindow ? member.integrate(levels, table, i, startNs, endNs, baseNs, sums, covered) : add(i);
        }
        return isWhole;
    }

    private boolean add(final int i) {
        if (!member.place(levels, table, i, endNs, baseNs == Publisher.NONE ? endNs : baseNs)) {
            return false;
        }
        changesAtNs = Math.min(changesAtNs, member.changesAtNs(table, i, endNs, baseNs != Publisher.NONE));
        final long w = member.weight(table, i, endNs);
        if (w > MemberLevels.NO_WEIGHT) {
            sums.add(w, member.rate());
        }
        return true;
    }

    /** What was summed up. */
    GroupSums sums() {
        return sums;
    }

    /** When a member changes next after the instant that was read. */
    long changesAtNs() {
        return changesAtNs;
    }

    /** The time of a window in which any member has a weight, in ns, unsigned. */
    long coveredNs() {
        return covered.lengthNs();
    }
}
