package io.tollgate.core;

import io.tollgate.core.file.FileAccess;
import io.tollgate.core.file.Presence;
import io.tollgate.core.file.SystemFileAccess;
import io.tollgate.core.log.LogReader;
import io.tollgate.core.log.OperationHandler;
import io.tollgate.core.operation.OperationDescriptor;
import io.tollgate.core.operation.SeriesDefinitionOperation;
import io.tollgate.core.store.ShardPlace;
import java.util.ArrayList;
import java.util.List;
import org.agrona.MutableDirectBuffer;

/**
 * Which numbers of shards the log of one does not speak against: those under which all its series belong to that shard,
 * by their keys and numbers.
 */
final class LoggedCounts implements OperationHandler {
    private final int index;
    private final List<Integer> counts;
    private final SeriesDefinitionOperation definition = new SeriesDefinitionOperation();

    private LoggedCounts(final int index, final List<Integer> counts) {
        this.index = index;
        this.counts = new ArrayList<>(counts);
    }

    /**
     * Reads the logs of shards.
     *
     * @param indexes of the shards.
     * @param counts  that are in question; a shard beyond one of them says nothing of it.
     * @return those that no log speaks against, in the order given; all where one speaks against each.
     */
    static List<Integer> possible(final DataFolder folder, final List<Integer> indexes, final List<Integer> counts) {
        final FileAccess files = new SystemFileAccess();
        List<Integer> possible = counts;
        for (final int index : indexes) {
            final ShardFolder shard = folder.shard(index);
            if (Presence.isDirectory(shard.log())) {
                final LoggedCounts logged = new LoggedCounts(index, possible);
                LogReader.surveyOf(files, shard.log(), shard.directoryIdOfMost(files), index, logged);
                possible = logged.counts;
            }
        }
        return possible.isEmpty() ? counts : possible;
    }

    @Override
    public void onOperation(final MutableDirectBuffer buffer, final int offset, final int length, final long sequence) {
        counts.removeIf(count -> index < count && isForeign(buffer, offset, new ShardPlace(index, count)));
    }

    private boolean isForeign(final MutableDirectBuffer buffer, final int offset, final ShardPlace place) {
        return ForeignOperation.isAt(buffer, offset, place)
                || OperationDescriptor.type(buffer, offset) == OperationDescriptor.DEFINE_SERIES
                        && ShardPlace.indexOf(definition.wrap(buffer, offset).key(), place.count()) != index;
    }
}
