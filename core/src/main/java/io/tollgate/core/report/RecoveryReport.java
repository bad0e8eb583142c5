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
 * @param source    that was read.
 * @param target    that was written.
 * @param log       the log of the source.
 * @param damages   that were found in the source.
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
     * @param frames        that are whole.
     * @param records       in them.
     * @param firstSequence of the first operation.
     * @param lastSequence  of the last operation, lost or not.
     */
    public record Log(long frames, long records, long firstSequence, long lastSequence) {}

    /**
     * The contents of the target.
     *
     * @param storeSequence the last operation of the sealed store that the target was made from, 0 without one.
     * @param seriesCount   how many series it has.
     * @param closedCount   how many of them have ended.
     * @param orphanedCount how many operations were left out because they depend on lost ones.
     */
    public record Contents(long storeSequence, long seriesCount, long closedCount, long orphanedCount) {}

    /**
     * Returns true if an operation that was acknowledged is lost.
     *
     * @return whether a promise is broken.
     */
    public boolean isPromiseBroken() {
        return losses.stream().anyMatch(loss -> loss.isPromised() && !loss.isCovered());
    }

    /**
     * The report as text.
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
