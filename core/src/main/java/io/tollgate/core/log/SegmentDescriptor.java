package io.tollgate.core.log;

import io.tollgate.core.file.FileAccess;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.CRC32C;
import org.agrona.BitUtil;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * The layout of a segment. The file name is {@code log-}, the index of the segment in 16 hexadecimal digits, {@code
 * .seg}.
 *
 * <pre>
 *   0                                                                       8
 *   +-----------------------------------------------------------------------+
 *   |                         magic "TGLOGSEG"                              |    0
 *   +-----------------------------------+-----------------------------------+
 *   |              version              |              crc32c               |    8
 *   +-----------------------------------+-----------------------------------+
 *   |                             segmentIndex                              |   16
 *   +-----------------------------------------------------------------------+
 *   |                             firstSequence                             |   24
 *   +-----------------------------------------------------------------------+
 *   |                             segmentLength                             |   32
 *   +-----------------------------------------------------------------------+
 *   |                                directoryId                                  |   40
 *   +-----------------------------------------------------------------------+
 *   |                            reserved: zero                             |   48
 *   +-----------------------------------------------------------------------+
 *   |                   frames, see {@code FrameDescriptor}                 |   64
 *   |                                  ...                                  |
 *   |                      zero up to the segment's end                     |
 *   +-----------------------------------------------------------------------+   segmentLength
 * </pre>
 *
 * <p>A segment is prepared as zeros; its header is written when its first sequence is known. A frame that does not fit
 * into the rest of a segment goes into the next one, and the rest stays zero. Therefore a frame is never split, and in
 * every segment all bytes after the last frame are zero. {@code crc32c} covers all 64 bytes of the header, with its own
 * field taken as zero.
 */
final class SegmentDescriptor {
    static final int MAGIC_OFFSET = 0;
    static final int VERSION_OFFSET = MAGIC_OFFSET + Long.BYTES;
    static final int CRC_OFFSET = VERSION_OFFSET + Integer.BYTES;
    static final int SEGMENT_INDEX_OFFSET = CRC_OFFSET + Integer.BYTES;
    static final int FIRST_SEQUENCE_OFFSET = SEGMENT_INDEX_OFFSET + Long.BYTES;
    static final int SEGMENT_LENGTH_OFFSET = FIRST_SEQUENCE_OFFSET + Long.BYTES;
    static final int DIRECTORY_ID_OFFSET = SEGMENT_LENGTH_OFFSET + Long.BYTES;
    static final int HEADER_LENGTH = 64;

    /** "TGLOGSEG" in the byte order of the file. */
    static final long MAGIC = 0x4745_5347_4F4C_4754L;

    static final int VERSION = 1;
    static final int MIN_SEGMENT_LENGTH = 4096;
    static final int MAX_SEGMENT_LENGTH = 1 << 30;

    private static final Pattern FILE_NAME = Pattern.compile("log-([0-7][0-9a-f]{15})\\.seg");
    private static final Pattern UNFINISHED_NAME = Pattern.compile("log-[0-7][0-9a-f]{15}\\.tmp");

    private SegmentDescriptor() {}

    static Path file(final Path directory, final long segmentIndex) {
        return directory.resolve(String.format("log-%016x.seg", segmentIndex));
    }

    /** Returns the file of a segment under construction. An opening of the log deletes the unused file. */
    static Path unfinishedFile(final Path directory, final long segmentIndex) {
        return directory.resolve(String.format("log-%016x.tmp", segmentIndex));
    }

    static boolean isUnfinishedFile(final Path file) {
        return UNFINISHED_NAME.matcher(file.getFileName().toString()).matches();
    }

    /** Returns the index in the name of a segment file, -1 for other files. */
    static long segmentIndex(final Path file) {
        final Matcher matcher = FILE_NAME.matcher(file.getFileName().toString());
        return matcher.matches() ? Long.parseLong(matcher.group(1), 16) : -1;
    }

    /** Returns the segments in the directory of a log, in order. */
    static List<Path> segmentsIn(final FileAccess files, final Path directory) throws IOException {
        return files.list(directory).stream()
                .filter(file -> segmentIndex(file) >= 0)
                .sorted(Comparator.comparingLong(SegmentDescriptor::segmentIndex))
                .toList();
    }

    static boolean isSegmentLength(final long length) {
        return length >= MIN_SEGMENT_LENGTH && length <= MAX_SEGMENT_LENGTH && BitUtil.isPowerOfTwo(length);
    }

    /** Returns a complete header of a segment that starts at {@code firstSequence}. */
    static UnsafeBuffer header(
            final long segmentIndex, final long firstSequence, final int segmentLength, final long directoryId) {
        final UnsafeBuffer header = new UnsafeBuffer(ByteBuffer.allocate(HEADER_LENGTH));
        header.putLong(MAGIC_OFFSET, MAGIC);
        header.putInt(VERSION_OFFSET, VERSION);
        header.putLong(SEGMENT_INDEX_OFFSET, segmentIndex);
        header.putLong(FIRST_SEQUENCE_OFFSET, firstSequence);
        header.putLong(SEGMENT_LENGTH_OFFSET, segmentLength);
        header.putLong(DIRECTORY_ID_OFFSET, directoryId);
        header.putInt(CRC_OFFSET, crc(header, 0));
        return header;
    }

    /** Computes the checksum of a header. */
    static int crc(final DirectBuffer buffer, final int offset) {
        final byte[] bytes = new byte[HEADER_LENGTH];
        buffer.getBytes(offset, bytes);
        new UnsafeBuffer(bytes).putInt(CRC_OFFSET, 0);
        final CRC32C crc = new CRC32C();
        crc.update(bytes);
        return (int) crc.getValue();
    }
}
