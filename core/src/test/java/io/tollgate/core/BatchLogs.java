package io.tollgate.core;

import io.tollgate.core.file.SystemFileAccess;
import io.tollgate.core.log.LogReader;
import io.tollgate.core.log.OperationLog;
import io.tollgate.core.operation.BatchOperation;
import io.tollgate.core.operation.OperationDescriptor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.LongPredicate;
import org.agrona.concurrent.UnsafeBuffer;

/** Logs of two shards that have nothing but batches of both: without points, a beginning and an end each. */
final class BatchLogs {
    static final long BOTH = 0b11;

    /** Operations of a batch in each log. */
    static final int PART_COUNT = 2;

    private static final int SEGMENT_LENGTH = 1 << 22;
    private static final int PART_LENGTH = PART_COUNT * BatchOperation.LENGTH;
    private static final int FRAME_PARTS = 1_000;

    private BatchLogs() {}

    static List<ShardFolder> makeShards(final Path directory) throws IOException {
        final List<ShardFolder> folders = List.of(
                new ShardFolder(directory.resolve("shard-0"), 0), new ShardFolder(directory.resolve("shard-1"), 1));
        for (final ShardFolder folder : folders) {
            Files.createDirectories(folder.log());
        }
        return folders;
    }

    /**
     * Writes the log of a shard.
     *
     * @param count of the batches: their numbers begin at 1.
     * @param isIn  whether the log has the part of a batch, by its number.
     */
    static void write(final ShardFolder folder, final int count, final LongPredicate isIn) {
        final SystemFileAccess files = new SystemFileAccess();
        final UnsafeBuffer parts = new UnsafeBuffer(new byte[FRAME_PARTS * PART_LENGTH]);
        try (OperationLog log = OperationLog.open(
                files,
                folder.log(),
                SEGMENT_LENGTH,
                1,
                LogReader.replay(files, folder.log(), 1, (buffer, offset, length, sequence) -> {}))) {
            int held = 0;
            for (long number = 1; number <= count; number++) {
                if (isIn.test(number)) {
                    final int offset = held++ * PART_LENGTH;
                    BatchOperation.put(parts, offset, OperationDescriptor.BATCH_BEGIN, number, BOTH, 0);
                    final int end = offset + BatchOperation.LENGTH;
                    BatchOperation.put(parts, end, OperationDescriptor.BATCH_COMMIT, number, BOTH, 0);
                }
                if (held == FRAME_PARTS || number == count && held > 0) {
                    log.append(parts, 0, held * PART_LENGTH, held * PART_COUNT);
                    held = 0;
                }
            }
        }
    }
}
