package io.tollgate.core.store.block;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.JJ_Result;

/**
 * A batch over two records. The writer marks both, changes both, then releases both. A reader of both sees none or all
 * of it.
 */
@JCStressTest
@Outcome(id = "0, 0", expect = ACCEPTABLE, desc = "before the batch")
@Outcome(id = "1, 1", expect = ACCEPTABLE, desc = "after it")
@Outcome(id = "-1, -1", expect = ACCEPTABLE, desc = "changed meanwhile, and known to be")
@Outcome(expect = FORBIDDEN, desc = "half a batch")
@State
public class BatchVersionsStress {
    private final long addressX = StressedRecords.next();
    private final long addressY = StressedRecords.next();
    private final SeriesRecord writtenX = new SeriesRecord().wrap(addressX);
    private final SeriesRecord writtenY = new SeriesRecord().wrap(addressY);
    private final SeriesRecord readX = new SeriesRecord().wrap(addressX);
    private final SeriesRecord readY = new SeriesRecord().wrap(addressY);

    /** Called by jcstress. */
    public BatchVersionsStress() {}

    /** The writer. */
    @Actor
    public void write() {
        SeriesMark.set(addressX);
        SeriesMark.set(addressY);
        writtenX.beginChange(1);
        writtenX.pointCount(1);
        writtenY.beginChange(1);
        writtenY.pointCount(1);
        SeriesMark.clear(addressX);
        SeriesMark.clear(addressY);
    }

    /**
     * A reader of two series copies both, then validates both.
     *
     * @param result the values accepted as one state, -1 if the validation failed.
     */
    @Actor
    public void read(final JJ_Result result) {
        final long versionX = readX.version();
        final long versionY = readY.version();
        final long countX = readX.pointCount();
        final long countY = readY.pointCount();
        final boolean isIntact = readX.isUnchangedSince(versionX) && readY.isUnchangedSince(versionY);
        result.r1 = isIntact ? countX : -1;
        result.r2 = isIntact ? countY : -1;
    }
}
