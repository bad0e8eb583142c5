package io.tollgate.bench.internal;

import io.tollgate.api.admin.Durability;
import io.tollgate.bench.suite.PointBenchmark;
import io.tollgate.core.file.SystemFileAccess;
import io.tollgate.core.log.LogFiles;
import io.tollgate.core.log.OperationLog;
import io.tollgate.core.log.ReplayResult;
import io.tollgate.core.operation.OperationDescriptor;
import io.tollgate.core.operation.PointOperation;
import io.tollgate.examples.workload.TemporaryDirectory;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.zip.CRC32C;
import org.agrona.concurrent.UnsafeBuffer;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/**
 * The cost of appending a frame of points to the operation log at durability NONE, with the next segment always
 * preallocated. The floor copies the same bytes into a buffer and computes their CRC-32C. The naive way computes the
 * checksum and writes the bytes to a file with one system call.
 */
public class LogAppendBenchmark extends PointBenchmark {
    /** Frames in one invocation. */
    public static final int FRAMES = 200;

    /** Called by JMH. */
    public LogAppendBenchmark() {}

    /** The records of one frame. */
    @State(Scope.Thread)
    public static class Frame {
        /** Points in a frame. */
        @Param({"1", "16", "64"})
        public int framePoints;

        final ByteBuffer bytes = ByteBuffer.allocateDirect(256 * PointOperation.LENGTH);
        final UnsafeBuffer records = new UnsafeBuffer(bytes);
        final ByteBuffer copy = ByteBuffer.allocateDirect(bytes.capacity());
        final CRC32C crc = new CRC32C();
        int length;

        /** Called by JMH. */
        public Frame() {}

        /** Encodes the records. */
        @Setup(Level.Trial)
        public void encode() {
            length = framePoints * PointOperation.LENGTH;
            for (int i = 0; i < framePoints; i++) {
                PointOperation.put(
                        records,
                        i * PointOperation.LENGTH,
                        OperationDescriptor.POINT,
                        OperationDescriptor.NO_BATCH,
                        i,
                        i,
                        i,
                        i,
                        OperationDescriptor.MISSING);
            }
        }
    }

    /** A log that is recreated in each iteration, so that the disk does not fill up. */
    @State(Scope.Thread)
    public static class Log {
        private static final int SEGMENT_LENGTH = 1 << 24;
        private static final long DIRECTORY_ID = 1;

        OperationLog log;
        private TemporaryDirectory directory;

        /** Called by JMH. */
        public Log() {}

        /** Opens the log. */
        @Setup(Level.Iteration)
        public void open() {
            directory = new TemporaryDirectory();
            log = OperationLog.open(
                    new LogFiles(new SystemFileAccess(), directory.path(), DIRECTORY_ID),
                    SEGMENT_LENGTH,
                    ReplayResult.nothing(1));
        }

        /** Does the work of the background agent between appends. */
        @Setup(Level.Invocation)
        public void prepare() {
            if (log.needsSegment()) {
                log.prepareNext(false);
            }
            if (log.holdsLeftSegment()) {
                log.forceLeft(true);
            }
        }

        /** Closes and deletes the log. */
        @TearDown(Level.Iteration)
        public void close() {
            log.close();
            directory.close();
        }
    }

    /** A log that another thread forces to disk at the same time, according to the durability level. */
    @State(Scope.Thread)
    public static class ForcedLog extends Log {
        /** The durability level. */
        @Param({"NONE", "INTERVAL:10", "COMMIT"})
        public String durability;

        private Thread forcing;
        private volatile boolean isEnding;

        /** Called by JMH. */
        public ForcedLog() {}

        @Override
        public void open() {
            super.open();
            isEnding = false;
            final Durability level = Durability.parse(durability);
            forcing = new Thread(() -> force(level), "forcing");
            forcing.start();
        }

        private void force(final Durability level) {
            final long pauseNs = TimeUnit.MILLISECONDS.toNanos(level.intervalMs());
            while (!isEnding && level != Durability.NONE) {
                log.forceAppended();
                LockSupport.parkNanos(Math.max(1, pauseNs));
            }
        }

        @Override
        public void close() {
            isEnding = true;
            LockSupport.unpark(forcing);
            try {
                forcing.join();
            } catch (final InterruptedException e) {
                throw new IllegalStateException("interrupted while the log is forced", e);
            }
            super.close();
        }
    }

    /** A file that is recreated in each iteration. */
    @State(Scope.Thread)
    public static class PlainFile {
        private TemporaryDirectory directory;
        private FileChannel channel;

        /** Called by JMH. */
        public PlainFile() {}

        /**
         * Opens the file.
         *
         * @throws IOException if the file cannot be created.
         */
        @Setup(Level.Iteration)
        public void open() throws IOException {
            directory = new TemporaryDirectory();
            channel = FileChannel.open(
                    directory.path().resolve("file"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        }

        /**
         * Closes and deletes the file.
         *
         * @throws IOException if the file cannot be deleted.
         */
        @TearDown(Level.Iteration)
        public void close() throws IOException {
            channel.close();
            directory.close();
        }
    }

    /**
     * Appends to the engine's log.
     *
     * @param log   to append to.
     * @param frame to append.
     * @return the sequence of the last frame.
     */
    @Benchmark
    @OperationsPerInvocation(FRAMES)
    public long append(final Log log, final Frame frame) {
        long sequence = 0;
        for (int i = 0; i < FRAMES; i++) {
            sequence = log.log.append(frame.records, 0, frame.length, frame.framePoints);
        }
        return sequence;
    }

    /**
     * Appends to the engine's log at a durability level. The appends do not wait for the concurrent force.
     *
     * @param log   to append to.
     * @param frame to append.
     * @return the sequence of the last frame.
     */
    @Benchmark
    @OperationsPerInvocation(FRAMES)
    public long appendAtLevel(final ForcedLog log, final Frame frame) {
        return append(log, frame);
    }

    /**
     * Appends a frame to the engine's log and forces it to disk. A producer that awaits each point at COMMIT waits this
     * long.
     *
     * @param log   to append to.
     * @param frame to append.
     * @return the sequence of the frame.
     */
    @Benchmark
    public long appendAndForce(final Log log, final Frame frame) {
        final long sequence = log.log.append(frame.records, 0, frame.length, frame.framePoints);
        log.log.forceAppended();
        return sequence;
    }

    /**
     * Writes a frame and its checksum to a file and forces it to disk.
     *
     * @param file  to write to.
     * @param frame to write.
     * @return the checksum.
     * @throws IOException if the file cannot be written.
     */
    @Benchmark
    public long writeAndForce(final PlainFile file, final Frame frame) throws IOException {
        final long sum = checksum(frame, frame.bytes.position(0).limit(frame.length));
        file.channel.write(frame.bytes.position(0));
        file.channel.force(false);
        return sum;
    }

    /**
     * Copies the frame and computes its checksum.
     *
     * @param frame to copy.
     * @return the checksum.
     */
    @Benchmark
    @OperationsPerInvocation(FRAMES)
    public long floor(final Frame frame) {
        long sum = 0;
        for (int i = 0; i < FRAMES; i++) {
            frame.copy.clear().put(frame.bytes.position(0).limit(frame.length)).flip();
            sum += checksum(frame, frame.copy);
        }
        return sum;
    }

    /**
     * Computes the checksum and writes the frame to a file.
     *
     * @param file  to write to.
     * @param frame to write.
     * @return the checksum.
     * @throws IOException if the file cannot be written.
     */
    @Benchmark
    @OperationsPerInvocation(FRAMES)
    public long naive(final PlainFile file, final Frame frame) throws IOException {
        long sum = 0;
        for (int i = 0; i < FRAMES; i++) {
            sum += checksum(frame, frame.bytes.position(0).limit(frame.length));
            file.channel.write(frame.bytes.position(0));
        }
        return sum;
    }

    private static long checksum(final Frame frame, final ByteBuffer bytes) {
        frame.crc.reset();
        frame.crc.update(bytes);
        return frame.crc.getValue();
    }
}
