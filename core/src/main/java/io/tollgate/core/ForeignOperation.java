package io.tollgate.core;

import io.tollgate.core.operation.OperationDescriptor;
import io.tollgate.core.store.ShardPlace;
import java.nio.file.Path;
import org.agrona.DirectBuffer;

/**
 * An operation in the log of a shard on a series of another: the log, or a segment of it, is not where it was made.
 * Nothing of it is applied, and it is not taken for lost either: put back, all of it is there.
 */
final class ForeignOperation {
    private static final int MIN_LENGTH = OperationDescriptor.HEADER_LENGTH + Long.BYTES;

    private ForeignOperation() {}

    /** Whether there is one. */
    static boolean isAt(final DirectBuffer buffer, final int offset, final ShardPlace place) {
        return OperationDescriptor.isOfSeries(OperationDescriptor.type(buffer, offset))
                && OperationDescriptor.length(buffer, offset) >= MIN_LENGTH
                && !place.has(OperationDescriptor.seriesNumber(buffer, offset));
    }

    /** What is found there. */
    static String describe(final DirectBuffer buffer, final int offset, final ShardPlace place, final long sequence) {
        final long number = OperationDescriptor.seriesNumber(buffer, offset);
        return "seriesNumber=" + number + " of shard=" + ShardPlace.indexOf(number, place.count()) + " at sequence="
                + sequence;
    }

    /** The end of whatever reads the log. */
    static IllegalStateException exception(final Path log, final String description, final ShardPlace place) {
        return new IllegalStateException("log=" + log + " " + description + ", expected a series of shard="
                + place.index()
                + "; put each log where it was made, or delete the segments that were made elsewhere and"
                + " run recover, which names what is lost with them");
    }
}
