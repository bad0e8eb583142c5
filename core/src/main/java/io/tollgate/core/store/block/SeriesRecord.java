package io.tollgate.core.store.block;

import static io.tollgate.core.store.block.SeriesRecordDescriptor.BEGIN_SEQUENCE_OFFSET;
import static io.tollgate.core.store.block.SeriesRecordDescriptor.DUPLICATE_POLICY_OFFSET;
import static io.tollgate.core.store.block.SeriesRecordDescriptor.END_SEQUENCE_OFFSET;
import static io.tollgate.core.store.block.SeriesRecordDescriptor.FIRST_TIME_OFFSET;
import static io.tollgate.core.store.block.SeriesRecordDescriptor.FLAGS_OFFSET;
import static io.tollgate.core.store.block.SeriesRecordDescriptor.FLAG_CLOSED;
import static io.tollgate.core.store.block.SeriesRecordDescriptor.FLAG_HISTORY;
import static io.tollgate.core.store.block.SeriesRecordDescriptor.HEARTBEAT_NS_OFFSET;
import static io.tollgate.core.store.block.SeriesRecordDescriptor.HISTORY_BLOCK_OFFSET;
import static io.tollgate.core.store.block.SeriesRecordDescriptor.HISTORY_COUNT_OFFSET;
import static io.tollgate.core.store.block.SeriesRecordDescriptor.KIND_OFFSET;
import static io.tollgate.core.store.block.SeriesRecordDescriptor.LAST_KNOWLEDGE_TIME_OFFSET;
import static io.tollgate.core.store.block.SeriesRecordDescriptor.LAST_REFERENCE_OFFSET;
import static io.tollgate.core.store.block.SeriesRecordDescriptor.LAST_TIME_OFFSET;
import static io.tollgate.core.store.block.SeriesRecordDescriptor.LENGTH;
import static io.tollgate.core.store.block.SeriesRecordDescriptor.LIFE_END_OFFSET;
import static io.tollgate.core.store.block.SeriesRecordDescriptor.LIFE_START_OFFSET;
import static io.tollgate.core.store.block.SeriesRecordDescriptor.MOMENTS_OFFSET;
import static io.tollgate.core.store.block.SeriesRecordDescriptor.MOMENTS_OF_SHAPES;
import static io.tollgate.core.store.block.SeriesRecordDescriptor.OPEN_END_OFFSET;
import static io.tollgate.core.store.block.SeriesRecordDescriptor.PERIOD_CODE_OFFSET;
import static io.tollgate.core.store.block.SeriesRecordDescriptor.POINT_COUNT_OFFSET;
import static io.tollgate.core.store.block.SeriesRecordDescriptor.REGISTRATION_COUNT_OFFSET;
import static io.tollgate.core.store.block.SeriesRecordDescriptor.ROOT_BLOCK_OFFSET;
import static io.tollgate.core.store.block.SeriesRecordDescriptor.SCALE_OFFSET;
import static io.tollgate.core.store.block.SeriesRecordDescriptor.SERIES_NUMBER_OFFSET;
import static io.tollgate.core.store.block.SeriesRecordDescriptor.STATE_BLOCK_OFFSET;
import static io.tollgate.core.store.block.SeriesRecordDescriptor.TAIL_BLOCK_OFFSET;
import static io.tollgate.core.store.block.SeriesRecordDescriptor.TREE_HEIGHT_OFFSET;
import static io.tollgate.core.store.block.SeriesRecordDescriptor.UNIT_NAME_LENGTH;
import static io.tollgate.core.store.block.SeriesRecordDescriptor.UNIT_NAME_OFFSET;
import static io.tollgate.core.store.block.SeriesRecordDescriptor.VERSION_OFFSET;
import static io.tollgate.core.store.block.SeriesRecordDescriptor.WINDOW_SET_BLOCK_OFFSET;

import io.tollgate.api.DirectoryDamagedException;
import io.tollgate.api.Publisher;
import io.tollgate.api.series.DuplicatePolicy;
import io.tollgate.api.series.SeriesKind;
import io.tollgate.api.series.Unit;
import io.tollgate.core.memory.NativeBuffer;
import io.tollgate.core.store.tree.SeriesLife;
import java.lang.invoke.VarHandle;

/**
 * A flyweight over the record of one series, laid out by {@link SeriesRecordDescriptor}.
 *
 * <p>The version word is a seqlock. One thread changes a record between {@link #beginChange(long)}, which makes the
 * version odd before all other writes, and {@link #endChange(long)} (release). Any thread may read: it calls
 * {@link #version()} (acquire), reads the record and its blocks, and calls {@link #isUnchangedSince(long)} last. The
 * reader must not trust its reads until then.
 */
public final class SeriesRecord {
    /** The knowledge time that shows the current state of a series. */
    public static final long ALL_KNOWN = Long.MAX_VALUE;

    private final NativeBuffer buffer = new NativeBuffer();
    private long knownAtNs = ALL_KNOWN;
    private long firstKnownTimeNs;
    private long endKnownAtNs;

    /** Creates a flyweight that must be wrapped before use. */
    public SeriesRecord() {}

    /**
     * Wraps another record.
     *
     * @param address of the record, as given by the store; not 0.
     * @return this.
     */
    public SeriesRecord wrap(final long address) {
        buffer.wrap(address, LENGTH);
        return this;
    }

    /** Marks the record as that of a history. Writer only. */
    void markHistory() {
        buffer.putByte(FLAGS_OFFSET, FLAG_HISTORY);
    }

    /** Returns true if this is the record of a history. Its tree holds versions and has no summaries. */
    public boolean isHistory() {
        return buffer.getByte(FLAGS_OFFSET) == FLAG_HISTORY;
    }

    /**
     * Sets the knowledge time as of which this flyweight shows the series; {@link #ALL_KNOWN} shows the current state.
     * The record itself is not changed.
     *
     * @param knownAt knowledge time.
     */
    public void seeAsKnownAt(final long knownAt) {
        knownAtNs = knownAt;
    }

    /**
     * Sets the result of {@link #firstTime()} for a series shown as of an earlier knowledge time.
     *
     * @param instantNs valid time of the first point known then, {@code Long.MAX_VALUE} without a point.
     */
    public void firstKnownTime(final long instantNs) {
        firstKnownTimeNs = instantNs;
    }

    /**
     * Sets when the end of life became known, for a series shown as of an earlier knowledge time.
     *
     * @param knowledgeTimeNs as returned by {@link SeriesLife}.
     */
    public void endKnownAt(final long knowledgeTimeNs) {
        endKnownAtNs = knowledgeTimeNs;
    }

    /** {@return the knowledge time as of which the series is shown} */
    public long knownAtNs() {
        return knownAtNs;
    }

    /** {@return true if the series is shown as of an earlier knowledge time} */
    public boolean isPast() {
        return knownAtNs != ALL_KNOWN;
    }

    /** {@return the maximum number of points as of the knowledge time shown} */
    public long maxPointCount() {
        return isPast() ? pointCount() + historyCount() : pointCount();
    }

    /** {@return the buffer over the record} */
    public NativeBuffer buffer() {
        return buffer;
    }

    /**
     * Marks the series as being changed; an existing mark stays. Writer only.
     *
     * @param sequence of the operation that changes it.
     */
    public void beginChange(final long sequence) {
        buffer.putLong(VERSION_OFFSET, buffer.getLong(VERSION_OFFSET) | 1);
        buffer.putLong(BEGIN_SEQUENCE_OFFSET, sequence);
        VarHandle.storeStoreFence();
    }

    /**
     * Ends the change, with release semantics. Writer only.
     *
     * @param sequence of the operation that changed it.
     */
    public void endChange(final long sequence) {
        buffer.putLong(END_SEQUENCE_OFFSET, sequence);
        buffer.putLongRelease(VERSION_OFFSET, buffer.getLong(VERSION_OFFSET) + 1);
    }

    /** {@return the version, odd while the series is being changed; acquire, pairs with {@link #endChange(long)}} */
    public long version() {
        return buffer.getLongAcquire(VERSION_OFFSET);
    }

    /**
     * Returns true if all reads since {@link #version()} saw one state of the series.
     *
     * @param version as returned before the first read.
     * @return true if the series was not being changed then, and has not changed since.
     */
    public boolean isUnchangedSince(final long version) {
        VarHandle.loadLoadFence();
        return (version & 1) == 0 && buffer.getLong(VERSION_OFFSET) == version;
    }

    /** {@return the number of current points} */
    public long pointCount() {
        return buffer.getLong(POINT_COUNT_OFFSET);
    }

    /** {@return the last valid time, {@code Long.MIN_VALUE} without a point} */
    public long lastTime() {
        return buffer.getLong(LAST_TIME_OFFSET);
    }

    /** {@return the reference of the last point} */
    public long lastReference() {
        return buffer.getLong(LAST_REFERENCE_OFFSET);
    }

    /** {@return the first valid time as of the knowledge time shown, {@code Long.MAX_VALUE} without a point} */
    public long firstTime() {
        return isPast() ? firstKnownTimeNs : buffer.getLong(FIRST_TIME_OFFSET);
    }

    /** {@return the root block of the tree, {@link BlockDescriptor#NO_BLOCK} without a point} */
    public long rootBlock() {
        return buffer.getLong(ROOT_BLOCK_OFFSET);
    }

    /** {@return the block of the last point, {@link BlockDescriptor#NO_BLOCK} without a point} */
    public long tailBlock() {
        return buffer.getLong(TAIL_BLOCK_OFFSET);
    }

    /** {@return the levels above the blocks of points; only 0 to {@link NodeDescriptor#MAX_HEIGHT} is valid} */
    public int treeHeight() {
        return buffer.getByte(TREE_HEIGHT_OFFSET);
    }

    /** {@return the largest knowledge time admitted, {@code Long.MIN_VALUE} without a point} */
    public long lastKnowledgeTime() {
        return buffer.getLong(LAST_KNOWLEDGE_TIME_OFFSET);
    }

    /** {@return the block of the window states, {@link BlockDescriptor#NO_BLOCK} if there are none} */
    public long stateBlock() {
        return buffer.getLong(STATE_BLOCK_OFFSET);
    }

    /** {@return the block of the window set, {@link BlockDescriptor#NO_BLOCK} if no window is registered} */
    public long windowSetBlock() {
        return buffer.getLong(WINDOW_SET_BLOCK_OFFSET);
    }

    /** {@return the history block, {@link BlockDescriptor#NO_BLOCK} if there is none} */
    public long historyBlock() {
        return buffer.getLong(HISTORY_BLOCK_OFFSET);
    }

    /** {@return the number of versions in the history} */
    public long historyCount() {
        return buffer.getLong(HISTORY_COUNT_OFFSET);
    }

    /** {@return the number of the series} */
    public long seriesNumber() {
        return buffer.getLong(SERIES_NUMBER_OFFSET);
    }

    /** {@return the code of the kind: 0 STEP, 1 FLOW} */
    public byte kind() {
        return buffer.getByte(KIND_OFFSET);
    }

    /** {@return true if values are levels, each weighted with the time for which it is in force} */
    public boolean isStep() {
        return kind() == 0;
    }

    /** {@return the number of decimal digits} */
    public int scale() {
        return buffer.getByte(SCALE_OFFSET);
    }

    /** {@return the declared start of life, {@code Long.MIN_VALUE} for none} */
    public long lifeStart() {
        return buffer.getLong(LIFE_START_OFFSET);
    }

    /** {@return the time from which the absence of events means zero: the start of life, else the first point} */
    public long aliveFrom() {
        final long lifeStart = lifeStart();
        return lifeStart == Long.MIN_VALUE ? firstTime() : lifeStart;
    }

    /** {@return true if the series is closed, independent of when that became known} */
    public boolean isClosed() {
        return (buffer.getByte(FLAGS_OFFSET) & FLAG_CLOSED) != 0;
    }

    /** {@return the end of life, exclusive; {@code Long.MAX_VALUE} if the series is shown as open} */
    public long lifeEnd() {
        return isClosed() && endKnownAtNs <= knownAtNs ? buffer.getLong(LIFE_END_OFFSET) : Long.MAX_VALUE;
    }

    /**
     * Returns true if a point would be after the end of life. A point for a period that ends with the life of the
     * series is not after it.
     *
     * @param timeNs    valid time of the point.
     * @param lifeEndNs the end of life, exclusive.
     * @return true if the point would be after it.
     */
    public boolean isAfterLife(final long timeNs, final long lifeEndNs) {
        return timeNs > lifeEndNs || timeNs == lifeEndNs && periodCode() == 0;
    }

    /** Closes the series. Writer only. */
    public void close(final long lifeEndNs) {
        buffer.putByte(FLAGS_OFFSET, (byte) (buffer.getByte(FLAGS_OFFSET) | FLAG_CLOSED));
        buffer.putLong(LIFE_END_OFFSET, lifeEndNs);
    }

    /**
     * Sets the policies of a new series. Writer only.
     *
     * @param duplicatePolicy code of the policy for a second point at an instant, 0 for that of the kind.
     * @param openEnd         {@link SeriesRecordDescriptor#EXTEND} or {@link SeriesRecordDescriptor#UNKNOWN}.
     * @param heartbeatNs     time in ns for which the last value is known, 0 for ever.
     * @param periodCode      code of the reporting period, 0 for none.
     */
    public void policies(
            final byte duplicatePolicy, final byte openEnd, final long heartbeatNs, final long periodCode) {
        buffer.putByte(DUPLICATE_POLICY_OFFSET, duplicatePolicy);
        buffer.putByte(OPEN_END_OFFSET, openEnd);
        buffer.putLong(HEARTBEAT_NS_OFFSET, heartbeatNs);
        buffer.putLong(PERIOD_CODE_OFFSET, periodCode);
    }

    /** {@return the policy for a second point at an instant} */
    public DuplicatePolicy duplicatePolicy() {
        return DuplicatePolicy.of(buffer.getByte(DUPLICATE_POLICY_OFFSET), SeriesKind.of(kind()));
    }

    /** {@return true if the instant alone is the identity of a point; else the instant and the reference are} */
    public boolean isIdentifiedByInstant() {
        return isStep() || duplicatePolicy() != DuplicatePolicy.ALL;
    }

    /**
     * Returns true if an instant and a reference identify a point. Under {@link DuplicatePolicy#ALL} an event without a
     * reference has no identity: each such event is a separate point.
     *
     * @param reference of the point, or {@link Publisher#NO_REFERENCE}.
     * @return false if the series is under that policy and there is no reference.
     */
    public boolean isNamedBy(final long reference) {
        return reference != Publisher.NO_REFERENCE || isIdentifiedByInstant();
    }

    /**
     * Returns true if a point comes after all others of this series in the order of instant and reference.
     *
     * @param time          of the point.
     * @param reference     of the point.
     * @param lastTime      of the last point.
     * @param lastReference of the last point.
     * @return true if the point comes after them.
     */
    public boolean isAfter(final long time, final long reference, final long lastTime, final long lastReference) {
        return time > lastTime
                || time == lastTime
                        && !isIdentifiedByInstant()
                        && (reference > lastReference
                                || reference == lastReference && reference == Publisher.NO_REFERENCE);
    }

    /** {@return the time in ns for which the last value of a STEP is known without a newer point, 0 for ever} */
    public long heartbeatNs() {
        return buffer.getLong(HEARTBEAT_NS_OFFSET);
    }

    /** {@return the code of the reporting period of a FLOW, 0 for none} */
    public long periodCode() {
        return buffer.getLong(PERIOD_CODE_OFFSET);
    }

    /** {@return true if summaries also keep the sums for skew, kurtosis and the least-squares line} */
    public boolean keepsShapes() {
        return buffer.getByte(MOMENTS_OFFSET) == MOMENTS_OF_SHAPES;
    }

    /** {@return the number of registrations by pattern that the windows include} */
    public long registrationCount() {
        return buffer.getLong(REGISTRATION_COUNT_OFFSET);
    }

    /** {@return the name of the unit} */
    public String unitName() {
        int length = 0;
        while (length < UNIT_NAME_LENGTH && buffer.getByte(UNIT_NAME_OFFSET + length) != 0) {
            length++;
        }
        return buffer.getAscii(UNIT_NAME_OFFSET, length);
    }

    /**
     * Returns the value of 100% in the unit. Allocates nothing.
     *
     * @return 1 for FRACTION, 100 for PERCENT, 10,000 for BASIS_POINT; 0 for units that are not rates.
     */
    public int wholeInUnit() {
        if (isUnit(Unit.PERCENT)) {
            return 100;
        }
        return isUnit(Unit.FRACTION) ? 1 : isUnit(Unit.BASIS_POINT) ? 10_000 : 0;
    }

    private boolean isUnit(final Unit unit) {
        final String name = unit.name();
        for (int i = 0; i < UNIT_NAME_LENGTH; i++) {
            final int expected = i < name.length() ? name.charAt(i) : 0;
            if (buffer.getByte(UNIT_NAME_OFFSET + i) != expected) {
                return false;
            }
        }
        return true;
    }

    /**
     * Sets the largest knowledge time admitted; the next one of this series must not be smaller. Writer only.
     *
     * @param knowledgeTime not below {@link #lastKnowledgeTime()}.
     */
    public void lastKnowledgeTime(final long knowledgeTime) {
        buffer.putLong(LAST_KNOWLEDGE_TIME_OFFSET, knowledgeTime);
    }

    /**
     * Sets the block of the window states. Writer only.
     *
     * @param block number of the block.
     */
    public void stateBlock(final long block) {
        buffer.putLong(STATE_BLOCK_OFFSET, block);
    }

    public void keepShapes() {
        buffer.putByte(MOMENTS_OFFSET, (byte) MOMENTS_OF_SHAPES);
    }

    public void registrationCount(final long count) {
        buffer.putLong(REGISTRATION_COUNT_OFFSET, count);
    }

    /** Release: a thread that reads the number of the set also sees its windows, without a check of the version. */
    public void windowSetBlock(final long block) {
        buffer.putLongRelease(WINDOW_SET_BLOCK_OFFSET, block);
    }

    public void pointCount(final long count) {
        buffer.putLong(POINT_COUNT_OFFSET, count);
    }

    public void last(final long time, final long reference) {
        buffer.putLong(LAST_TIME_OFFSET, time);
        buffer.putLong(LAST_REFERENCE_OFFSET, reference);
    }

    public void firstTime(final long time) {
        buffer.putLong(FIRST_TIME_OFFSET, time);
    }

    public void root(final long block, final int height) {
        buffer.putLong(ROOT_BLOCK_OFFSET, block);
        buffer.putByte(TREE_HEIGHT_OFFSET, (byte) height);
    }

    public void tailBlock(final long block) {
        buffer.putLong(TAIL_BLOCK_OFFSET, block);
    }

    void historyBlock(final long block) {
        buffer.putLong(HISTORY_BLOCK_OFFSET, block);
    }

    public void historyCount(final long count) {
        buffer.putLong(HISTORY_COUNT_OFFSET, count);
    }

    /**
     * Throws if a check has found the tree of the series damaged or forged.
     *
     * @param isIntact true if the checked blocks are consistent.
     * @throws IllegalStateException if {@code isIntact} is false.
     */
    public void requireIntact(final boolean isIntact) {
        if (!isIntact) {
            throw new DirectoryDamagedException("seriesNumber=" + seriesNumber()
                    + " has a damaged tree, expected whole blocks; restore the data directory");
        }
    }
}
