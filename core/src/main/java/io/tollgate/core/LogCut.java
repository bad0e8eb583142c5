package io.tollgate.core;

import io.tollgate.core.file.FileAccess;
import io.tollgate.core.file.Presence;
import io.tollgate.core.log.LogReader;
import io.tollgate.core.operation.BatchOperation;
import io.tollgate.core.operation.OperationDescriptor;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.agrona.collections.Long2LongHashMap;

/**
 * Positions in the logs of all shards that no batch of several shards stands across: it is before all of them, or
 * behind. Found beside whoever appends to the logs. Only a batch with an end behind a position can move another: which
 * these are is found first, and no others are held, however many the logs have.
 *
 * <p>What was applied on one shard up to its position has its end in the logs of all others, since none applies a batch
 * before all have logged it; and a shard logs one behind the other. So positions are only moved on, and only over what
 * is logged already.
 */
final class LogCut {
    private static final long NONE = -1;

    /** Of each log where the batches end that have an end behind a position. */
    private final List<Long2LongHashMap> ends = new ArrayList<>();

    private final Long2LongHashMap shardsOf = new Long2LongHashMap(0);
    private final List<ShardFolder> folders;
    private final FileAccess files;
    private final long[] sequences;

    /**
     * Positions that are not moved yet.
     *
     * @param folders   of the shards, in their order.
     * @param files     to reach the logs through.
     * @param sequences up to where each shard has applied its log.
     */
    LogCut(final List<ShardFolder> folders, final FileAccess files, final long[] sequences) {
        this.folders = folders;
        this.files = files;
        this.sequences = sequences.clone();
    }

    private interface Ends {
        void end(long number, long shards, long sequence);
    }

    /**
     * Moves positions on to where no batch is cut.
     *
     * @param folders   of the shards, in their order.
     * @param files     to reach the logs through.
     * @param before    an earlier cut, from which on the logs are read; see {@link CheckpointCut#oldest}.
     * @param sequences up to where each shard has applied its log, read after that: not before it.
     * @return these, or later ones.
     */
    static long[] of(
            final List<ShardFolder> folders, final FileAccess files, final long[] before, final long[] sequences) {
        return new LogCut(folders, files, sequences).move(before);
    }

    /** Moves the positions on, in logs that are read from an earlier cut on. */
    long[] move(final long[] before) {
        if (sequences.length > 1) {
            for (int i = 0; i < sequences.length; i++) {
                survey(i, sequences[i], (number, shards, sequence) -> shardsOf.put(number, shards));
            }
            for (int i = 0; i < sequences.length; i++) {
                ends.add(endsIn(i, before[i]));
            }
            while (moveOn()) {
                // As long as a position moves: it may have come over the end of another batch.
            }
        }
        return sequences;
    }

    /** How many batches are held. */
    int heldCount() {
        return shardsOf.size();
    }

    /** Behind an earlier cut, before which there is no part of a batch of which another part is behind it. */
    private Long2LongHashMap endsIn(final int shard, final long before) {
        final Long2LongHashMap found = new Long2LongHashMap(NONE);
        if (!shardsOf.isEmpty()) {
            survey(shard, before, (number, shards, sequence) -> {
                if (shardsOf.containsKey(number)) {
                    found.put(number, sequence);
                }
            });
        }
        return found;
    }

    private void survey(final int shard, final long before, final Ends found) {
        final Path log = folders.get(shard).log();
        if (Presence.isDirectory(log)) {
            LogReader.survey(files, log, before + 1, (buffer, offset, length, sequence) -> {
                final boolean isEnd = OperationDescriptor.type(buffer, offset) == OperationDescriptor.BATCH_COMMIT;
                if (isEnd && Long.bitCount(BatchOperation.shards(buffer, offset)) > 1) {
                    found.end(BatchOperation.number(buffer, offset), BatchOperation.shards(buffer, offset), sequence);
                }
            });
        }
    }

    private boolean moveOn() {
        boolean hasMoved = false;
        for (int i = 0; i < sequences.length; i++) {
            final Long2LongHashMap.EntryIterator entries =
                    ends.get(i).entrySet().iterator();
            while (entries.hasNext()) {
                entries.next();
                if (entries.getLongValue() <= sequences[i]) {
                    hasMoved |= include(entries.getLongKey());
                }
            }
        }
        return hasMoved;
    }

    /** Moves all positions behind a batch; one that is not whole was left out for ever. */
    private boolean include(final long number) {
        final long shards = shardsOf.get(number);
        if (!isWhole(number, shards)) {
            return false;
        }
        boolean hasMoved = false;
        for (int i = 0; i < sequences.length; i++) {
            final long end = ends.get(i).get(number);
            if (end > sequences[i]) {
                sequences[i] = end;
                hasMoved = true;
            }
        }
        return hasMoved;
    }

    private boolean isWhole(final long number, final long shards) {
        for (int i = 0; i < sequences.length; i++) {
            if ((shards & 1L << i) != 0 && ends.get(i).get(number) == NONE) {
                return false;
            }
        }
        return true;
    }
}
