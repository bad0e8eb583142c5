package io.tollgate.core.store.block;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.JJJ_Result;

/** The version word of a record: a validated copy is one state of the series. */
@JCStressTest
@Outcome(id = "0, 0, 0", expect = ACCEPTABLE, desc = "before the change")
@Outcome(id = "1, 1, 1", expect = ACCEPTABLE, desc = "between two changes")
@Outcome(id = "2, 2, 2", expect = ACCEPTABLE, desc = "after both")
@Outcome(id = "-1, -1, -1", expect = ACCEPTABLE, desc = "changed meanwhile, and known to be")
@Outcome(expect = FORBIDDEN, desc = "taken for one state, and is none")
@State
public class RecordVersionStress {
    private final long address = StressedRecords.next();
    private final SeriesRecord written = new SeriesRecord().wrap(address);
    private final SeriesRecord read = new SeriesRecord().wrap(address);

    /** Called by jcstress. */
    public RecordVersionStress() {}

    /** The writer makes two changes. */
    @Actor
    public void write() {
        for (int i = 1; i <= 2; i++) {
            written.beginChange(i);
            written.last(i, i);
            written.pointCount(i);
            written.endChange(i);
        }
    }

    /**
     * A reader makes one attempt.
     *
     * @param result the values accepted as one state, -1 if the validation failed.
     */
    @Actor
    public void read(final JJJ_Result result) {
        final long version = read.version();
        final long count = read.pointCount();
        final long time = read.lastTime();
        final long reference = read.lastReference();
        final boolean isIntact = read.isUnchangedSince(version);
        result.r1 = isIntact ? count : -1;
        result.r2 = isIntact ? time : -1;
        result.r3 = isIntact ? reference : -1;
    }
}
