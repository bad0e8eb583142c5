package io.tollgate.core.log;

import io.tollgate.core.file.DataFile;
import io.tollgate.core.file.FileAccess;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Which data directory a segment, a mark or a checkpoint was written for: a number that is drawn when a directory is
 * begun, and stands in the segments of all its logs and in all that rests on them. A copy has that of what it was
 * copied from. Stateless.
 */
public final class DirectoryIdentity {
    /** Where nothing that can be read says which directory it is of. */
    public static final long UNKNOWN = 0;

    private DirectoryIdentity() {}

    /** {@return the identity of a new directory} */
    public static long draw() {
        final long drawn = ThreadLocalRandom.current().nextLong();
        return drawn == UNKNOWN ? 1 : drawn;
    }

    /**
     * Whether two identities are those of two directories.
     *
     * @param one     an identity.
     * @param another an identity.
     * @return false also where one of them is not known.
     */
    public static boolean areOfTwo(final long one, final long another) {
        return one != another && one != UNKNOWN && another != UNKNOWN;
    }

    /**
     * What the newest segment of a log says that was used.
     *
     * @param files     to reach the log through.
     * @param directory of the log, which may not be there.
     * @return the identity, {@link #UNKNOWN} where no segment was used yet.
     * @throws UncheckedIOException if the disk refuses.
     */
    public static long ofNewest(final FileAccess files, final Path directory) {
        try (SegmentReader reader = new SegmentReader()) {
            final List<Path> segments = SegmentDescriptor.segmentsIn(files, directory);
            OptionalLong found = OptionalLong.empty();
            for (int i = segments.size() - 1; i >= 0 && found.isEmpty(); i--) {
                found = of(files, segments.get(i), reader);
            }
            return found.orElse(UNKNOWN);
        } catch (final NoSuchFileException e) {
            return UNKNOWN;
        } catch (final IOException e) {
            throw cannotBeRead(directory, e);
        }
    }

    /**
     * What most segments of a log say.
     *
     * @param files     to reach the log through.
     * @param directory of the log, which may not be there.
     * @return the identity; several where as many segments say one as another, that of the latest first; none where no
     *     segment has one.
     * @throws UncheckedIOException if the disk refuses.
     */
    public static List<Long> ofMost(final FileAccess files, final Path directory) {
        try {
            return ofMost(files, SegmentDescriptor.segmentsIn(files, directory));
        } catch (final NoSuchFileException e) {
            return List.of();
        } catch (final IOException e) {
            throw cannotBeRead(directory, e);
        }
    }

    /** Of several the one of the latest segment. */
    static long latestOfMost(final FileAccess files, final List<Path> segments) throws IOException {
        return ofMost(files, segments).stream().findFirst().orElse(UNKNOWN);
    }

    private static List<Long> ofMost(final FileAccess files, final List<Path> segments) throws IOException {
        final Map<Long, Integer> counts = new LinkedHashMap<>();
        try (SegmentReader reader = new SegmentReader()) {
            for (int i = segments.size() - 1; i >= 0; i--) {
                of(files, segments.get(i), reader).ifPresent(found -> counts.merge(found, 1, Integer::sum));
            }
        }
        final int most = counts.values().stream().mapToInt(count -> count).max().orElse(0);
        return counts.keySet().stream()
                .filter(found -> counts.get(found) == most)
                .toList();
    }

    /** Empty where a segment was not used yet, has no header of its own, or is deleted, as nobody needs it any more. */
    private static OptionalLong of(final FileAccess files, final Path segment, final SegmentReader reader)
            throws IOException {
        try (DataFile file = files.openForRead(segment)) {
            reader.wrap(file, SegmentDescriptor.HEADER_LENGTH);
            return reader.directoryId(SegmentDescriptor.segmentIndex(segment));
        } catch (final NoSuchFileException e) {
            return OptionalLong.empty();
        }
    }

    private static UncheckedIOException cannotBeRead(final Path directory, final IOException cause) {
        return new UncheckedIOException("log=" + directory + " cannot be read: check the disk", cause);
    }

    /**
     * An identity for messages.
     *
     * @param directoryId the identity.
     * @return its name and its digits.
     */
    public static String text(final long directoryId) {
        return String.format("directoryId=%016x", directoryId);
    }

    static IllegalStateException refusal(final Path file, final long found, final long wanted) {
        return new IllegalStateException("file=" + file + ": found " + text(found) + ", expected " + text(wanted)
                + " as the rest of the log has: it is of another data directory; put the right file in its place, or"
                + " run recover to go on without it");
    }
}
