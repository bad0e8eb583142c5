package io.tollgate.core.define;

import io.tollgate.api.DiskFullException;
import io.tollgate.api.series.Instants;
import io.tollgate.api.series.Series;
import io.tollgate.core.admit.OperationJournal;
import io.tollgate.core.admit.PointAdmission;
import io.tollgate.core.apply.EngineClock;
import io.tollgate.core.image.ImageLife;
import io.tollgate.core.image.ImageOperations;
import io.tollgate.core.image.SeriesImage;
import io.tollgate.core.operation.KnowledgeOperation;
import io.tollgate.core.operation.LifeEndOperation;
import io.tollgate.core.operation.OperationDescriptor;
import io.tollgate.core.operation.RetentionOperation;
import io.tollgate.core.store.SeriesStore;
import io.tollgate.core.store.block.SeriesRecord;
import io.tollgate.core.store.tree.SeriesLife;
import io.tollgate.core.watch.EngineUpdates;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/**
 * Loads the image of a series, a part in each duty cycle, so that points of other series need not wait. Its operations
 * are logged and applied like offered ones, but keep their knowledge times. Engine thread only, except the constructor.
 */
public final class ImageLoad implements BooleanSupplier {
    private static final int OPERATIONS_PER_CYCLE = 1_024;

    /** Three ends, two links and the last knowledge time. */
    private static final int FINAL_OPERATIONS = 6;

    /** The engine that an image is loaded into. */
    public record Target(
            SeriesStore store,
            SeriesRegistry registry,
            OperationJournal journal,
            PointAdmission admission,
            EngineClock clock,
            EngineUpdates updates,
            int drainLimit) {}

    private final Target target;
    private final OperationJournal journal;
    private final SeriesImage image;
    private final String key;
    private final ImageOperations operations;
    private final SeriesLife life;
    private final SeriesRecord record = new SeriesRecord();
    private final SeriesRecord linked = new SeriesRecord();
    private final LifeEndOperation lifeEnd = new LifeEndOperation();
    private long number = Series.NO_NUMBER;
    private long version;

    /** Creates a load of an image that the reader has checked. */
    public ImageLoad(final Target target, final SeriesImage image) {
        this.target = target;
        this.image = image;
        journal = target.journal();
        key = image.definition().key();
        operations = new ImageOperations(image);
        life = new SeriesLife(target.store().blocks());
    }

    /** Continues the load. Returns false if more operations remain. */
    @Override
    public boolean getAsBoolean() {
        if (number == Series.NO_NUMBER) {
            begin();
        }
        requireUnchanged();
        int left = OPERATIONS_PER_CYCLE;
        while (left > 0 && operations.remaining() > 0) {
            left -= applyNext(left);
        }
        if (operations.remaining() > 0) {
            return false;
        }
        requireSpace(FINAL_OPERATIONS);
        end();
        return true;
    }

    /** {@return the loaded series} */
    public Series loaded() {
        return target.registry().find(number).orElseThrow();
    }

    private void begin() {
        final SeriesStore store = target.store();
        final long found = store.find(key);
        if (found >= 0) {
            final long lastKnowledgeTime =
                    record.wrap(store.requireRecord(found)).lastKnowledgeTime();
            if (lastKnowledgeTime != Instants.NONE) {
                throw new IllegalStateException("series=" + key + " points=" + record.pointCount()
                        + " lastKnowledgeTime=" + lastKnowledgeTime
                        + ", expected no series with this key, or one that never had a point; load the image into"
                        + " another engine");
            }
        }
        image.life().successor().ifPresent(link -> requireLinkable(link, true, found));
        image.life().predecessor().ifPresent(link -> requireLinkable(link, false, found));
        number = target.registry().define(image.definition()).number();
        record.wrap(store.requireRecord(number));
        requireSpace(1);
        commit(this::putHorizon);
    }

    /** The horizon comes first: later, it would forget versions that ended at the horizon, after the forgetting. */
    private void putHorizon() {
        if (image.horizonNs() != Instants.NONE) {
            new RetentionOperation()
                    .encode(
                            journal.buffer(),
                            journal.offset(),
                            number,
                            image.horizonNs(),
                            target.clock().now());
            journal.add();
        }
    }

    /** Refuses to link a series of another kind, or one that another series is linked to. */
    private void requireLinkable(final ImageLife.Link link, final boolean isSuccessor, final long own) {
        final long other = target.store().find(link.key());
        if (other < 0) {
            return;
        }
        linked.wrap(target.store().requireRecord(other));
        final boolean isSameKind = linked.kind() == image.definition().kind().code();
        if (!isSameKind || (isSuccessor ? isFollowing(other, own) : isFollowed(other, own, link.knownAtNs()))) {
            throw new IllegalStateException("series=" + key + " linkedTo=" + link.key()
                    + ", expected a series of the same kind that is linked to no other one; load both into an engine"
                    + " without them");
        }
    }

    /** Returns true if the linked series follows another one than the loaded one. */
    private boolean isFollowing(final long other, final long own) {
        final long before = life.predecessor(linked);
        return before != Series.NO_NUMBER && before != own && successorOf(before) == other;
    }

    /** Returns true if the linked series is followed by another one, or has ended after the link became known. */
    private boolean isFollowed(final long other, final long own, final long knownAtNs) {
        if (!linked.isClosed()) {
            return false;
        }
        final long next = life.successor(linked);
        return knownAtNs < life.endKnownAt(linked)
                || next != Series.NO_NUMBER && next != own && predecessorOf(next) == other;
    }

    private long successorOf(final long seriesNumber) {
        return life.successor(linked.wrap(target.store().requireRecord(seriesNumber)));
    }

    private long predecessorOf(final long seriesNumber) {
        return life.predecessor(linked.wrap(target.store().requireRecord(seriesNumber)));
    }

    /** Refuses to go on if a producer has changed the series during the load. */
    private void requireUnchanged() {
        if (record.version() != version) {
            throw new IllegalStateException("series=" + key + " operationsLeft=" + operations.remaining()
                    + ", expected no point from others while its image is loaded; load it into another engine");
        }
    }

    /** Logs and applies the next operations as one frame, and returns their number. */
    private int applyNext(final int limit) {
        final int most = Math.min(Math.min(limit, target.drainLimit()), operations.remaining());
        final int count = target.store().blocks().operationsAtATime(most);
        requireSpace(count);
        commit(() -> {
            for (int i = 0; i < count; i++) {
                target.clock().observe(operations.validTime(), operations.knowledgeTime(), false);
                journalClock(number);
                operations.put(journal.buffer(), journal.offset(), number);
                journal.add();
            }
        });
        return count;
    }

    private void requireSpace(final int count) {
        if (!journal.hasSpace(count) || !target.store().blocks().hasSpace(count)) {
            throw new DiskFullException(
                    "series=" + key + " operationsLeft=" + operations.remaining(),
                    "expected room for the operations of its image; make some, and load it into another engine");
        }
    }

    private void journalClock(final long seriesNumber) {
        if (target.updates().isWatched(seriesNumber)) {
            target.admission().journalClock();
        }
    }

    private void commit(final Runnable staging) {
        try {
            staging.run();
            journal.commit();
        } catch (final RuntimeException e) {
            journal.clear();
            throw e;
        }
        version = record.version();
    }

    /** Applies all that is not a point: the end, the links and the last knowledge time. */
    private void end() {
        final ImageLife ended = image.life();
        if (ended.isClosed()) {
            end(ended);
        }
        ended.predecessor().ifPresent(this::follow);
        if (image.lastKnowledgeTime() > record.lastKnowledgeTime()) {
            commit(() -> {
                new KnowledgeOperation().encode(journal.buffer(), journal.offset(), number, image.lastKnowledgeTime());
                journal.add();
            });
        }
    }

    private void end(final ImageLife ended) {
        final Optional<ImageLife.Link> successor =
                ended.successor().filter(link -> target.store().find(link.key()) >= 0);
        final boolean isOne = successor.isPresent() && successor.get().knownAtNs() == ended.endKnownAtNs();
        if (!isOne) {
            logEnd(number, ended.endNs(), ended.endKnownAtNs(), OperationDescriptor.MISSING);
        }
        successor.ifPresent(link -> {
            final long next = target.store().find(link.key());
            link(number, ended.endNs(), link.knownAtNs(), next);
        });
    }

    /** Links the series to its predecessor. If that is absent or open, its own image will link both. */
    private void follow(final ImageLife.Link link) {
        final long before = target.store().find(link.key());
        if (before < 0 || !linked.wrap(target.store().requireRecord(before)).isClosed()) {
            return;
        }
        if (life.successor(linked) != number || life.predecessor(record) != before) {
            link(before, linked.wrap(target.store().requireRecord(before)).lifeEnd(), link.knownAtNs(), number);
        }
    }

    private void link(final long before, final long endNs, final long knownAtNs, final long next) {
        commit(() -> {
            lifeEnd.encode(
                    journal.buffer(),
                    journal.offset(),
                    OperationDescriptor.FOLLOW_SERIES,
                    next,
                    endNs,
                    knownAtNs,
                    before);
            journal.add();
        });
        logEnd(before, endNs, knownAtNs, next);
    }

    private void logEnd(final long seriesNumber, final long endNs, final long knownAtNs, final long successor) {
        commit(() -> {
            target.clock().observe(endNs, knownAtNs, false);
            journalClock(seriesNumber);
            lifeEnd.encode(
                    journal.buffer(),
                    journal.offset(),
                    OperationDescriptor.END_SERIES,
                    seriesNumber,
                    endNs,
                    knownAtNs,
                    successor);
            journal.add();
        });
    }
}
