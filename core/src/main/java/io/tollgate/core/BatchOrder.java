package io.tollgate.core;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.LongBinaryOperator;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.agrona.collections.Long2ObjectHashMap;

/**
 * The batches of several shards in the one order in which all logs have them, put together from what is left of each
 * log. A batch of which a log has not the end would stand in that log behind what comes before it in the logs of
 * others, and before what comes behind it there. If the log has lost nothing in between, it never had that end: a
 * process was killed, or the power failed, before the batch was whole.
 *
 * <p>The cut of a checkpoint is a place in that order, too, one in each log. Filled by one thread, and then asked.
 */
final class BatchOrder {
    /** Whether a batch counts. */
    enum Standing {
        /** All logs have its end. */
        WHOLE,
        /** Each log that has not its end has lost something where that would stand: what others have of it counts. */
        IN_DOUBT,
        /** A log never had its end: it counts on no shard. */
        LOST
    }

    private final int shardCount;
    private final List<List<Place>> logs;
    private final List<List<LostRange>> losses;
    private final List<Place> cuts = new ArrayList<>();
    private final Long2ObjectHashMap<Place> batches = new Long2ObjectHashMap<>();
    private List<LostRanges> lost = List.of();

    /** The batches of some shards. */
    BatchOrder(final int shardCount) {
        this.shardCount = shardCount;
        logs = Stream.<List<Place>>generate(ArrayList::new).limit(shardCount).toList();
        losses = Stream.<List<LostRange>>generate(ArrayList::new)
                .limit(shardCount)
                .toList();
    }

    /** Takes in the end of a batch, in the order of a log. */
    void end(final int shard, final long number, final long shards, final long sequence) {
        final Place batch = batches.computeIfAbsent(number, any -> new Place(false, shards, new long[shardCount]));
        if (!batch.isIn(shard)) {
            batch.sequences[shard] = sequence;
            logs.get(shard).add(batch);
        }
    }

    /** Takes in that a log has a batch up to an operation, behind which it has lost something, its end with that. */
    void part(final int shard, final long number, final long shards, final long sequence) {
        end(shard, number, shards, sequence);
        batches.get(number).parts |= 1L << shard;
    }

    /** Takes in that a log has lost a stretch of operations, or begins behind it. */
    void lose(final int shard, final long firstSequence, final long lastSequence) {
        losses.get(shard).add(new LostRange(firstSequence, lastSequence));
    }

    /** Takes in a cut of all logs: of each the last operation before it. */
    void cut(final long[] sequences) {
        if (cuts.stream().noneMatch(known -> Arrays.equals(known.sequences, sequences))) {
            cuts.add(new Place(true, 0, sequences));
        }
    }

    /** Works out which batches count, once all is taken in. */
    void settle() {
        lost = losses.stream().map(LostRanges::new).toList();
        // A later cut is nowhere before an earlier one.
        cuts.sort((one, other) -> Long.compare(
                Arrays.stream(one.sequences).sum(),
                Arrays.stream(other.sequences).sum()));
        final List<Place> order =
                order(IntStream.range(0, shardCount).mapToObj(this::withCuts).toList());
        final Bounds behind = new Bounds(shardCount, 0, Math::max);
        for (final Place place : order) {
            place.behind = behind.moveOver(place, 0);
        }
        final Bounds before = new Bounds(shardCount, Long.MAX_VALUE, Math::min);
        for (int i = order.size() - 1; i >= 0; i--) {
            final Place place = order.get(i);
            place.before = before.moveOver(place, place.isCut ? 1 : 0);
        }
    }

    /** The ends of batches in a log, and the cuts between them. */
    private List<Place> withCuts(final int shard) {
        final List<Place> all = new ArrayList<>();
        int next = 0;
        for (final Place batch : logs.get(shard)) {
            while (next < cuts.size() && cuts.get(next).sequences[shard] < batch.sequences[shard]) {
                all.add(cuts.get(next++));
            }
            all.add(batch);
        }
        all.addAll(cuts.subList(next, cuts.size()));
        return all;
    }

    /** All places, each behind those before it in every log; what logs have in different orders is left out. */
    private List<Place> order(final List<List<Place>> lines) {
        final List<Place> order = new ArrayList<>();
        final int[] heads = new int[shardCount];
        boolean hasMoved = true;
        while (hasMoved) {
            hasMoved = false;
            for (int shard = 0; shard < shardCount; shard++) {
                while (heads[shard] < lines.get(shard).size()
                        && isNext(lines.get(shard).get(heads[shard]), lines, heads)) {
                    final Place next = lines.get(shard).get(heads[shard]);
                    order.add(next);
                    for (int i = 0; i < shardCount; i++) {
                        heads[i] += next.isIn(i) ? 1 : 0;
                    }
                    hasMoved = true;
                }
            }
        }
        return order;
    }

    private static boolean isNext(final Place place, final List<List<Place>> lines, final int[] heads) {
        for (int i = 0; i < heads.length; i++) {
            if (place.isIn(i)
                    && (heads[i] == lines.get(i).size() || lines.get(i).get(heads[i]) != place)) {
                return false;
            }
        }
        return true;
    }

    /** Whether a batch counts; one of which no log has the end, nor a part before a loss, does not. */
    Standing standing(final long number) {
        final Place batch = batches.get(number);
        if (batch == null) {
            return Standing.LOST;
        }
        Standing standing = batch.parts == 0 ? Standing.WHOLE : Standing.IN_DOUBT;
        for (long rest = batch.shards; rest != 0; rest &= rest - 1) {
            final int shard = Long.numberOfTrailingZeros(rest);
            if (shard >= shardCount || !batch.isIn(shard)) {
                if (shard >= shardCount || !batch.isBounded() || !hasLost(shard, batch)) {
                    return Standing.LOST;
                }
                standing = Standing.IN_DOUBT;
            }
        }
        return standing;
    }

    private boolean hasLost(final int shard, final Place batch) {
        return lost.get(shard).meet(new LostRange(batch.behind[shard] + 1, batch.before[shard] - 1));
    }

    /** A batch or a cut. */
    private static final class Place {
        private final boolean isCut;
        private final long shards;

        /** The logs that have only what comes before its end, a bit each. */
        private long parts;

        /** Of each log the end of the batch, 0 if it has none; or the last operation before the cut. */
        private final long[] sequences;

        /** Of each log the last operation that is known to come before it, and the first one behind it. */
        private long[] behind;

        private long[] before;

        Place(final boolean isCut, final long shards, final long[] sequences) {
            this.isCut = isCut;
            this.shards = shards;
            this.sequences = sequences;
        }

        boolean isIn(final int shard) {
            return isCut || sequences[shard] != 0;
        }

        boolean isWhole() {
            for (int i = 0; i < sequences.length; i++) {
                if ((shards & 1L << i) != 0 && !isIn(i)) {
                    return false;
                }
            }
            return true;
        }

        boolean isBounded() {
            return behind != null;
        }
    }

    /** What is known in each log of the place that is reached in every log. */
    private static final class Bounds {
        private final long[][] known;
        private final LongBinaryOperator closest;

        Bounds(final int shardCount, final long none, final LongBinaryOperator closest) {
            this.closest = closest;
            known = new long[shardCount][shardCount];
            for (final long[] bounds : known) {
                Arrays.fill(bounds, none);
            }
        }

        /** Moves on over a place, and returns what is known of it, nothing where it is whole. */
        long[] moveOver(final Place place, final int offset) {
            long[] bounds = null;
            for (int i = 0; i < known.length; i++) {
                if (place.isIn(i)) {
                    bounds = bounds == null ? known[i].clone() : closest(bounds, known[i]);
                }
            }
            final long[] found = place.isCut || place.isWhole() ? null : bounds.clone();
            for (int i = 0; i < known.length; i++) {
                if (place.isIn(i)) {
                    bounds[i] = place.sequences[i] + offset;
                    known[i] = bounds;
                }
            }
            return found;
        }

        private long[] closest(final long[] bounds, final long[] others) {
            for (int i = 0; i < bounds.length; i++) {
                bounds[i] = closest.applyAsLong(bounds[i], others[i]);
            }
            return bounds;
        }
    }
}
