package io.tollgate.core.report;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.NullMarked;

/**
 * The result of a recovery.
 *
 * @param source    the directory that was read.
 * @param target    the directory that was written.
 * @param log       the log of the source.
 * @param damages   found in the source.
 * @param losses    operations that the log lost.
 * @param contents  of the target.
 * @param durationNs of the recovery.
 */
@NullMarked
public record RecoveryReport(
        Path source,
        Path target,
        Log log,
        List<Damage> damages,
        List<Loss> losses,
        Contents contents,
        long durationNs) {
    /**
     * The log of the source.
     *
     * @param frames        number of intact frames.
     * @param records       number of records in them.
     * @param firstSequence of the first operation.
     * @param lastSequence  of the last operation, even if it is lost.
     */
    public record Log(long frames, long records, long firstSequence, long lastSequence) {}

    /**
     * The contents of the target.
     *
     * @param storeSequence the last operation of the sealed store used for the target, 0 without one.
     * @param seriesCount   the number of series.
     * @param closedCount   the number of closed series.
     * @param orphanedCount the number of skipped operations that depend on lost ones.
     */
    public record Contents(long storeSequence, long seriesCount, long closedCount, long orphanedCount) {}

    /**
     * Returns true if an acknowledged operation is lost.
     *
     * @return true if a promise is broken.
     */
    public boolean isPromiseBroken() {
        return losses.stream().anyMatch(loss -> loss.isPromised() && !loss.isCovered());
    }

    /**
     * Formats the report as text.
     *
     * @return its lines.
     */
    public List<String> lines() {
        final List<String> lines = new ArrayList<>();
        lines.add("recovered " + source + " to " + target);
        lines.add("  read      frames=" + log.frames() + " records=" + log.records() + " lastSequence="
                + log.lastSequence()
                + (log.firstSequence() == 1
                        ? ""
                        : " firstSequence=" + log.firstSequence() + " (older segments were deleted)"));
        damages.forEach(damage -> lines.add("  damaged   " + damage));
        lines.add("  made      from "
                + (contents.storeSequence() == 0
                        ? "the log"
                        : "the store at sequence=" + contents.storeSequence() + " and the log after it"));
        if (losses.isEmpty()) {
            lines.add("  lost      nothing");
        }
        losses.forEach(loss -> lines.add("  lost      " + loss));
        lines.add("  holds     series=" + contents.seriesCount() + " closed=" + contents.closedCount()
                + (contents.orphanedCount() == 0
                        ? ""
                        : " operationsLeftOut=" + contents.orphanedCount() + " (they depend on lost ones)"));
        lines.add(String.format(Locale.ROOT, "  took      %.3f s", (double) durationNs / TimeUnit.SECONDS.toNanos(1)));
        return lines;
    }
}
