package io.tollgate.core.panel;

import io.tollgate.api.group.Group;
import io.tollgate.api.group.MissingPolicy;
import io.tollgate.api.series.Decimals;
import io.tollgate.api.series.Instants;
import io.tollgate.core.group.MemberLevels;
import io.tollgate.core.group.MemberTable;
import io.tollgate.core.number.GroupChange;
import io.tollgate.core.read.LevelReader;
import io.tollgate.core.read.LevelSet;
import io.tollgate.core.read.LevelSource;
import java.util.Optional;

/** Sums the members of a group at two instants, from their series. Used by one thread. */
final class EffectScan implements LevelReader.Attempt {
    private final MemberTable roster;
    private final MemberLevels member;
    private final long baseNs;
    private final boolean isZero;
    private final GroupChange change = new GroupChange();
    private long fromNs;
    private long toNs;

    EffectScan(final Group group, final LevelSource source, final MemberLevels member) {
        roster = new MemberTable(group, Optional.empty(), source);
        baseNs = group.weightsFixedAt().orElse(Instants.NONE);
        isZero = group.missing() == MissingPolicy.AS_ZERO;
        this.member = member;
    }

    LevelSet levels() {
        return roster.levels();
    }

    /** Sets both instants of the next read. */
    EffectScan between(final long firstNs, final long secondNs) {
        fromNs = firstNs;
        toNs = secondNs;
        return this;
    }

    @Override
    public void prepare() {
        roster.refresh();
    }

    @Override
    public boolean read() {
        change.clear();
        for (int i = 0; i < roster.size(); i++) {
            if (!place(i, fromNs)) {
                return false;
            }
            final long w0 = member.weight(roster, i, fromNs);
            final long t0 = member.rate();
            if (!place(i, toNs)) {
                return false;
            }
            add(roster.parts(i), w0, t0, member.weight(roster, i, toNs), member.rate());
        }
        return true;
    }

    private boolean place(final int i, final long atNs) {
        return member.place(roster, i, atNs, baseNs == Instants.NONE ? atNs : baseNs);
    }

    private void add(final long parts, final long w0, final long t0, final long w1, final long t1) {
        if (w0 > MemberLevels.NO_WEIGHT) {
            change.before().add(w0, parts, t0);
            final long rate0 = rate(t0);
            final long rate1 = rate(t1);
            if (rate0 != Decimals.UNKNOWN && rate1 != Decimals.UNKNOWN) {
                change.addShift(w0, parts, rate0, rate1);
            }
        }
        if (w1 > MemberLevels.NO_WEIGHT) {
            change.after().add(w1, parts, t1);
        }
    }

    private long rate(final long rate) {
        return isZero && rate == Decimals.UNKNOWN ? 0 : rate;
    }

    MemberTable roster() {
        return roster;
    }

    GroupChange change() {
        return change;
    }
}
