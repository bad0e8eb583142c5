package io.tollgate.core.log;

import io.tollgate.core.file.FileAccess;
import io.tollgate.core.file.SystemFileAccess;
import io.tollgate.core.operation.OperationDescriptor;
import io.tollgate.core.operation.PointOperation;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.agrona.concurrent.UnsafeBuffer;

/** A log in a directory, and the appended operations. */
final class LogFixture {
    static final int SEGMENT_LENGTH = 4096;

    /** The identity of the log's data directory. */
    static final long DIRECTORY_ID = 7;

    final Path directory;
    final FileAccess files;
    final SortedMap<Long, byte[]> appended = new TreeMap<>();
    private final UnsafeBuffer records = new UnsafeBuffer(new byte[1 << 16]);
    private final PointOperation point = new PointOperation();

    LogFixture(final Path directory, final FileAccess files) {
        this.directory = directory;
        this.files = files;
    }

    LogFixture(final Path directory) {
        this(directory, new SystemFileAccess());
    }

    LogFiles logFiles() {
        return new LogFiles(files, directory, DIRECTORY_ID);
    }

    OperationLog open() {
        return OperationLog.open(new LogFiles(files, directory, LogFixture.DIRECTORY_ID), SEGMENT_LENGTH, replay());
    }

    ReplayResult replay() {
        return replay(new RecordedOperations());
    }

    ReplayResult replay(final OperationHandler handler) {
        return LogReader.replay(logFiles(), 1, handler);
    }

    /** Appends one frame of points whose fields follow from their sequence. */
    long append(final OperationLog log, final int count) {
        final long next = log.nextSequence();
        for (int i = 0; i < count; i++) {
            final int offset = i * PointOperation.LENGTH;
            final long n = next + i;
            point.encode(records, offset, OperationDescriptor.POINT, 0, n % 7, n * 1_000, -n, n * n, ~n);
        }
        final long first = log.append(records, 0, count * PointOperation.LENGTH, count);
        for (int i = 0; i < count; i++) {
            final byte[] record = new byte[PointOperation.LENGTH];
            records.getBytes(i * PointOperation.LENGTH, record);
            appended.put(first + i, record);
        }
        return first;
    }

    /**
     * Returns a log of two segments. The first one is full of frames of 1, 2 and 3 records, and the second one is
     * partly filled.
     */
    static LogFixture ofTwoSegments(final Path directory) {
        final LogFixture fixture = new LogFixture(directory);
        try (OperationLog log = fixture.open()) {
            for (int i = 0; i < 45; i++) {
                fixture.append(log, 1 + i % 3);
            }
        }
        return fixture;
    }

    List<Path> segments() throws IOException {
        try (Stream<Path> entries = Files.list(directory)) {
            return entries.sorted().toList();
        }
    }
}
