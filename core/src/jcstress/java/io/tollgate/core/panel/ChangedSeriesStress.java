package io.tollgate.core.panel;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import java.util.List;
import java.util.Set;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.II_Result;

/**
 * A series that is said to have changed already changes once more while the follower takes it: it sees the change, or
 * is told again.
 */
@JCStressTest
@Outcome(id = "1, 0", expect = ACCEPTABLE, desc = "seen, and told once for both changes")
@Outcome(id = "0, 1", expect = ACCEPTABLE, desc = "not seen, and told again")
@Outcome(id = "1, 1", expect = ACCEPTABLE, desc = "seen, and told again")
@Outcome(expect = FORBIDDEN, desc = "not seen, and not told again")
@State
public class ChangedSeriesStress implements ChangedSeries.Follower {
    private final ChangedSeries changes = new ChangedSeries(Set.of("level"), List.of(), false);
    private final int index;
    private int level;
    private int seen;

    /** Made by jcstress; the series was taken in just now, which is a change. */
    public ChangedSeriesStress() {
        changes.begin();
        index = changes.add(1);
        changes.end();
    }

    /** The writer: a point in order, behind all that has changed before. */
    @Actor
    public void write() {
        changes.begin();
        level = 1;
        changes.changed(index, 0, false);
        changes.end();
    }

    /** The follower. */
    @Actor
    public void follow() {
        changes.poll(this);
    }

    /**
     * The follower in its next cycle.
     *
     * @param result the level that it saw in the one before, and whether it is told of a change.
     */
    @Arbiter
    public void followAgain(final II_Result result) {
        result.r1 = seen;
        result.r2 = changes.poll((seriesNumber, fromNs, isLife) -> {});
    }

    @Override
    public void changed(final long seriesNumber, final long fromNs, final boolean isLife) {
        seen = level;
    }
}
