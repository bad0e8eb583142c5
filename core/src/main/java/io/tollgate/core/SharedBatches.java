package io.tollgate.core;

import io.tollgate.core.file.FileAccess;
import io.tollgate.core.file.Presence;
import io.tollgate.core.log.LogBegin;
import io.tollgate.core.log.LogDamage;
import io.tollgate.core.log.LogSurvey;
import io.tollgate.core.log.OperationHandler;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.LongToIntFunction;
import java.util.stream.IntStream;

/**
 * Which of the batches of several shards count: those whose end is in the logs of all of them, or was there, as far as
 * can be told, before a part of a log was lost or deleted. A process that is killed while they are being logged leaves
 * some that are not whole, and these count on no shard. The logs are read when it is asked for the first time, which is
 * only where a store is rebuilt, and from the oldest cut of a checkpoint on: what is rebuilt from any of them asks for
 * no batch before it. They are read side by side, so that only batches that are not whole are kept; and once more, for
 * the order of all batches, where one is not whole and a log has lost something. Control threads, one at a time.
 *
 * <p>A shard that has lost its checkpoints is rebuilt from further back than the logs of others go, which begin behind
 * the checkpoints of these: what such a log had before is lost to it.
 */
final class SharedBatches {
    private final List<ShardFolder> folders;
    private final FileAccess files;

    /** Up to where the logs are read, all of each if empty. */
    private final Optional<long[]> cut;

    private final BatchEnds ends;
    private boolean isRead;
    private boolean hasLostBatch;

    /** The shards whose logs have lost something, a bit each. */
    private long lossyShards;

    private Optional<BatchOrder> order = Optional.empty();

    /**
     * The batches in the logs of all shards, to which nobody appends.
     *
     * @param folders of the shards, in their order.
     * @param files   to reach the logs through.
     */
    SharedBatches(final List<ShardFolder> folders, final FileAccess files) {
        this(folders, files, Optional.empty());
    }

    /**
     * The batches in logs that an engine appends to: behind a cut, what is being written looks like a loss.
     *
     * @param folders of the shards, in their order.
     * @param files   to reach the logs through.
     * @param cut     of each log the last operation that is read, see {@link LogCut}; it was appended before.
     */
    SharedBatches(final List<ShardFolder> folders, final FileAccess files, final long[] cut) {
        this(folders, files, Optional.of(cut));
    }

    private SharedBatches(final List<ShardFolder> folders, final FileAccess files, final Optional<long[]> cut) {
        this.folders = folders;
        this.files = files;
        this.cut = cut;
        ends = new BatchEnds(folders.size());
    }

    /**
     * Whether a batch counts of which one shard has a part.
     *
     * @param number  of the batch.
     * @param shards  that have a part of it, a bit each.
     * @param isEnded whether the log of that shard has its end.
     */
    BatchOrder.Standing standing(final long number, final long shards, final boolean isEnded) {
        final BatchOrder.Standing standing = find(number, shards, isEnded);
        hasLostBatch |= standing == BatchOrder.Standing.LOST;
        return standing;
    }

    /** Whether a batch was asked for that does not count. */
    boolean hasLostBatch() {
        return hasLostBatch;
    }

    /**
     * Whether a log is without its old segments, and no cut stands behind where the logs begin: of a batch to come that
     * is not whole nothing would tell that its end was not in what was deleted.
     */
    boolean isCutMissing() {
        final long[] begins = folders.stream()
                .mapToLong(folder -> LogBegin.of(files, folder.log()).firstSequence())
                .toArray();
        return Arrays.stream(begins).anyMatch(begin -> begin > 1)
                && CheckpointCut.all(folders)
                        .noneMatch(sequences ->
                                IntStream.range(0, begins.length).allMatch(i -> sequences[i] >= begins[i] - 1));
    }

    private BatchOrder.Standing find(final long number, final long shards, final boolean isEnded) {
        if (Long.bitCount(shards) <= 1) {
            return BatchOrder.Standing.WHOLE;
        }
        if (!isRead) {
            readEnds();
            isRead = true;
        }
        final long found = ends.shards(number);
        // One that has an end, and is not held, is whole.
        final long missing = found == 0 && isEnded ? 0 : shards & ~found;
        if (missing == 0) {
            return BatchOrder.Standing.WHOLE;
        }
        if ((missing & ~lossyShards) != 0) {
            return BatchOrder.Standing.LOST;
        }
        if (order.isEmpty()) {
            order = Optional.of(order());
        }
        return order.get().standing(number);
    }

    /** How many batches are held, but for their order. */
    int heldCount() {
        return ends.count();
    }

    private void readEnds() {
        survey(ends::next, new LoggedBatches.Findings() {
            @Override
            public void end(final int shard, final long number, final long shards, final long sequence) {
                ends.end(shard, number, shards);
            }

            @Override
            public void part(final int shard, final long number, final long shards, final long sequence) {
                // It is no end.
            }

            @Override
            public void lose(final int shard, final long firstSequence, final long lastSequence) {
                lossyShards |= 1L << shard;
            }
        });
    }

    private BatchOrder order() {
        final BatchOrder found = new BatchOrder(folders.size());
        survey(Long::numberOfTrailingZeros, new LoggedBatches.Findings() {
            @Override
            public void end(final int shard, final long number, final long shards, final long sequence) {
                found.end(shard, number, shards, sequence);
            }

            @Override
            public void part(final int shard, final long number, final long shards, final long sequence) {
                found.part(shard, number, shards, sequence);
            }

            @Override
            public void lose(final int shard, final long firstSequence, final long lastSequence) {
                found.lose(shard, firstSequence, lastSequence);
            }
        });
        CheckpointCut.all(folders).forEach(found::cut);
        cut.ifPresent(found::cut);
        found.settle();
        return found;
    }

    /**
     * Reads all logs, up to the cut.
     *
     * @param next     which of those that are not read, a bit each, to read on.
     * @param findings to tell what they have.
     */
    private void survey(final LongToIntFunction next, final LoggedBatches.Findings findings) {
        final long[] before = CheckpointCut.oldest(folders);
        final List<LogSurvey> logs = new ArrayList<>();
        final List<LoggedBatches> batches = new ArrayList<>();
        long rest = 0;
        for (int i = 0; i < folders.size(); i++) {
            final Path log = folders.get(i).log();
            batches.add(new LoggedBatches(i, findings));
            logs.add(survey(log, i, before[i], findings, batches.get(i)));
            rest |= Presence.isDirectory(log) ? 1L << i : 0;
        }
        while (rest != 0) {
            final int shard = next.applyAsInt(rest);
            if (!logs.get(shard).readOn()) {
                rest &= ~(1L << shard);
                batches.get(shard).end();
                logs.get(shard).result().damages().stream()
                        .filter(LogDamage::isLoss)
                        .forEach(damage -> findings.lose(shard, damage.firstMissing(), damage.lastMissing()));
            }
        }
    }

    private LogSurvey survey(
            final Path log,
            final int shard,
            final long before,
            final LoggedBatches.Findings findings,
            final OperationHandler handler) {
        final long begin = LogBegin.of(files, log).firstSequence();
        if (begin > 1) {
            findings.lose(shard, 1, begin - 1);
        }
        final long last = cut.map(sequences -> sequences[shard]).orElse(Long.MAX_VALUE);
        return new LogSurvey(files, log, before + 1, last, handler);
    }
}
