package io.tollgate.core;

import io.tollgate.core.file.FileAccess;
import io.tollgate.core.log.LogReader;
import io.tollgate.core.operation.BatchOperation;
import io.tollgate.core.operation.OperationDescriptor;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import org.agrona.MutableDirectBuffer;
import org.agrona.collections.Long2LongHashMap;

/**
 * Positions in the logs of all shards that no batch of several shards stands across: it is before all of them, or
 * behind. Found beside whoever appends to the logs.
 *
 * <p>What was applied on one shard up to its position has its end in the logs of all others, since none applies a batch
 * before all have logged it; and a shard logs one behind the other. So positions are only moved on, and only over what
 * is logged already.
 */
final class LogCut {
    private static final long NONE = -1;

    private final List<Long2LongHashMap> ends = new ArrayList<>();
    private final Long2LongHashMap shardsOf = new Long2LongHashMap(0);
    private final long[] sequences;

    private LogCut(final long[] sequences) {
        this.sequences = sequences;
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
        final LogCut cut = new LogCut(sequences.clone());
        if (sequences.length > 1) {
            for (int i = 0; i < before.length; i++) {
                cut.survey(folders.get(i), files, before[i]);
            }
            while (cut.moveOn()) {
                // As long as a position moves: it may have come over the end of another batch.
            }
        }
        return cut.sequences;
    }

    /** Behind an earlier cut, before which there is no part of a batch of which another part is behind it. */
    private void survey(final ShardFolder folder, final FileAccess files, final long before) {
        final Long2LongHashMap found = new Long2LongHashMap(NONE);
        if (Files.isDirectory(folder.log())) {
            LogReader.survey(files, folder.log(), before + 1, (buffer, offset, length, sequence) -> {
                if (OperationDescriptor.type(buffer, offset) == OperationDescriptor.BATCH_COMMIT) {
                    takeIn(found, buffer, offset, sequence);
                }
            });
        }
        ends.add(found);
    }

    private void takeIn(
            final Long2LongHashMap found, final MutableDirectBuffer buffer, final int offset, final long sequence) {
        final long shards = BatchOperation.shards(buffer, offset);
        if (Long.bitCount(shards) > 1) {
            final long number = BatchOperation.number(buffer, offset);
            found.put(number, sequence);
            shardsOf.put(number, shards);
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
