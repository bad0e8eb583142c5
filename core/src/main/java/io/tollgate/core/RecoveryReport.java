package io.tollgate.core;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * What a recovery has read, repaired and lost.
 *
 * @param directory     that was recovered, by a path without links; it is closed cleanly now.
 * @param shards        one for each shard.
 * @param missing       shards that are lost as a whole.
 * @param repaired      damages of the directory itself.
 * @param seriesCount   series that it holds.
 * @param closedCount   series among these whose life has an end.
 * @param orphanedCount operations that were read and rest on what is lost, so that they could not be applied.
 * @param durationNs    how long it took.
 */
public record RecoveryReport(
        Path directory,
        List<Shard> shards,
        List<Damage> missing,
        List<Damage> repaired,
        long seriesCount,
        long closedCount,
        long orphanedCount,
        long durationNs) {
    /** What a shard was like. */
    public enum Condition {
        /** Closed cleanly and sound: nothing was changed. */
        SOUND,
        /** Being made when it was left: it held nothing. */
        NEW,
        /** Not closed: its store was rebuilt from its checkpoint, where there is one, and the log. */
        NOT_CLOSED,
        /** Damaged. */
        DAMAGED
    }

    /**
     * What was done to one shard.
     *
     * @param index        of the shard.
     * @param condition    in which it was found.
     * @param frames       of its log that were read.
     * @param records      of its log that were read.
     * @param firstSequence of its log, more than 1 where older segments were deleted behind a checkpoint.
     * @param lastSequence of its log now.
     * @param damages      that were repaired, or accepted.
     * @param losses       that no repair can bring back.
     * @param damagedLog   where the damaged log is kept, empty if it was not replaced.
     * @param opening      what it was made from afterwards.
     */
    public record Shard(
            int index,
            Condition condition,
            long frames,
            long records,
            long firstSequence,
            long lastSequence,
            List<Damage> damages,
            List<Loss> losses,
            Optional<Path> damagedLog,
            OpeningReport opening) {}

    /**
     * Whether something that was promised is lost.
     *
     * @return true if a loss was acknowledged and no store has it, or a shard is missing.
     */
    public boolean isPromiseBroken() {
        return !missing.isEmpty()
                || shards.stream()
                        .flatMap(shard -> shard.losses().stream())
                        .anyMatch(loss -> loss.isPromised() && !loss.isCovered());
    }

    /**
     * The report as text.
     *
     * @return its lines.
     */
    public List<String> lines() {
        final List<String> lines = new ArrayList<>();
        lines.add("recovered " + directory);
        missing.forEach(damage -> lines.add("  lost      " + damage));
        repaired.forEach(damage -> lines.add("  repaired  " + damage));
        for (final Shard shard : shards) {
            add(lines, shard);
        }
        lines.add("  holds     series=" + seriesCount + " closed=" + closedCount
                + (orphanedCount == 0 ? "" : " operationsLeftOut=" + orphanedCount + " (they rest on what is lost)"));
        lines.add(String.format(Locale.ROOT, "  took      %.3f s", (double) durationNs / TimeUnit.SECONDS.toNanos(1)));
        return lines;
    }

    private static void add(final List<String> lines, final Shard shard) {
        lines.add("shard " + shard.index());
        lines.add("  found     " + text(shard.condition()));
        lines.add("  read      frames=" + shard.frames() + " records=" + shard.records() + " lastSequence="
                + shard.lastSequence()
                + (shard.firstSequence() == 1
                        ? ""
                        : " firstSequence=" + shard.firstSequence() + " (older segments were deleted)"));
        shard.damages().forEach(damage -> lines.add("  repaired  " + damage));
        shard.damagedLog().ifPresent(path -> lines.add("  kept      the damaged log in " + path));
        lines.add("  opened    " + shard.opening());
        if (shard.losses().isEmpty()) {
            lines.add("  lost      nothing");
        }
        shard.losses().forEach(loss -> lines.add("  lost      " + loss));
    }

    private static String text(final Condition condition) {
        return switch (condition) {
            case SOUND -> "closed cleanly and sound; left as it is";
            case NEW -> "nothing yet; made anew";
            case NOT_CLOSED -> "not closed; rebuilt";
            case DAMAGED -> "damaged";
        };
    }
}
