package io.tollgate.core.image;

import io.tollgate.api.series.Decimals;
import io.tollgate.api.series.DuplicatePolicy;
import io.tollgate.core.operation.OperationDescriptor;
import io.tollgate.core.operation.PointOperation;
import java.util.Arrays;
import java.util.Comparator;
import org.agrona.MutableDirectBuffer;

/**
 * The points and withdrawals that lead to the versions of an image, in the order in which they became known: each
 * version begins with a point, and each withdrawn one ends with a withdrawal. Operations of one knowledge time are in
 * the order of the image, which keeps those of one identity in their order. Takes about 20 bytes an operation, beside
 * the versions. One thread at a time.
 */
public final class ImageOperations {
    private static final int END = 1;

    private final SeriesImage image;
    private final ImageVersions versions;

    /** Twice the index of a version, and {@link #END} for its withdrawal. */
    private final Integer[] operations;

    private int next;

    /**
     * Sorts the operations of an image.
     *
     * @param image that the reader has checked.
     */
    public ImageOperations(final SeriesImage image) {
        this.image = image;
        versions = image.versions();
        final Integer[] all = new Integer[2 * versions.count()];
        int count = 0;
        for (int i = 0; i < versions.count(); i++) {
            all[count++] = 2 * i;
            if (versions.state(i) == ImageVersions.WITHDRAWN) {
                all[count++] = 2 * i + END;
            }
        }
        operations = Arrays.copyOf(all, count);
        Arrays.sort(operations, Comparator.comparingLong(this::knowledgeTimeOf));
    }

    private long knowledgeTimeOf(final int operation) {
        final int version = operation / 2;
        return isEnd(operation) ? versions.endKnowledgeTime(version) : versions.knowledgeTime(version);
    }

    private static boolean isEnd(final int operation) {
        return operation % 2 == END;
    }

    /** {@return the number of operations that remain} */
    public int remaining() {
        return operations.length - next;
    }

    /** {@return the valid time of the next operation} */
    public long validTime() {
        return versions.time(operations[next] / 2);
    }

    /** {@return the knowledge time of the next operation} */
    public long knowledgeTime() {
        return knowledgeTimeOf(operations[next]);
    }

    /**
     * Writes the next operation, and moves to the one after it.
     *
     * @param buffer       to write to.
     * @param offset       of the operation in the buffer, in bytes.
     * @param seriesNumber of the series.
     */
    public void put(final MutableDirectBuffer buffer, final int offset, final long seriesNumber) {
        final int version = operations[next] / 2;
        final boolean isEnd = isEnd(operations[next]);
        final long value = isEnd ? OperationDescriptor.MISSING : amount(version);
        final int typeOfPoint = value == Decimals.UNKNOWN ? OperationDescriptor.UNKNOWN : OperationDescriptor.POINT;
        PointOperation.put(
                buffer,
                offset,
                isEnd ? OperationDescriptor.WITHDRAW : typeOfPoint,
                OperationDescriptor.NO_BATCH,
                seriesNumber,
                versions.time(version),
                value,
                knowledgeTime(),
                versions.reference(version));
        next++;
    }

    /** Returns the offered value: of a sum, the amount that was added. */
    private long amount(final int version) {
        final boolean isAdded =
                image.definition().policies().duplicates() == DuplicatePolicy.SUM && versions.isRevision(version);
        return versions.value(version) - (isAdded ? versions.value(version - 1) : 0);
    }
}
