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
 * <p>One thread changes a record, between {@link #beginChange(long)} (the version becomes odd, then everything else is
 * written) and {@link #endChange(long)} (release). Any thread reads: {@link #version()} (acquire), what it needs of the
 * record and its blocks, and {@link #isUnchangedSince(long)} last; until then nothing that it read may be trusted.
 */
public final class SeriesRecord {
    /** A knowledge time as of which all is known. */
    public static final long ALL_KNOWN = Long.MAX_VALUE;

    private final NativeBuffer buffer = new NativeBuffer();
    private long knownAtNs = ALL_KNOWN;
    private long firstKnownTimeNs;
    private long endKnownAtNs;

    /** A flyweight that must be wrapped. */
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

    /** Says that this is the record of a history. Writer only. */
    void markHistory() {
        buffer.putByte(FLAGS_OFFSET, FLAG_HISTORY);
    }

    /** Returns true if this is the record of a history. Its tree holds versions and has no summaries. */
    public boolean isHistory() {
        return buffer.getByte(FLAGS_OFFSET) == FLAG_HISTORY;
    }

    /**
     * Looks at the series as it was known at an instant, or, with {@link #ALL_KNOWN}, as it stands. Nothing is written.
     *
     * @param knownAt knowledge time.
     */
    public void seeAsKnownAt(final long knownAt) {
        knownAtNs = knownAt;
    }

    /**
     * Says what {@link #firstTime()} is as the series is looked at.
     *
     * @param instantNs valid time of the first point known then, {@code Long.MAX_VALUE} without one.
     */
    public void firstKnownTime(final long instantNs) {
        firstKnownTimeNs = instantNs;
    }

    /**
     * Says when the end of its life became known, for looks at it as it was known earlier.
     *
     * @param knowledgeTimeNs as told by {@link SeriesLife}.
     */
    public void endKnownAt(final long knowledgeTimeNs) {
        endKnownAtNs = knowledgeTimeNs;
    }

    /** The knowledge time as of which the series is looked at. */
    public long knownAtNs() {
        return knownAtNs;
    }

    /** {@return whether the series is looked at as it was known before now} */
    public boolean isPast() {
        return knownAtNs != ALL_KNOWN;
    }

    /** {@return how many points it can have at most as it is looked at} */
    public long maxPointCount() {
        return isPast() ? pointCount() + historyCount() : pointCount();
    }

    /** The record itself. */
    public NativeBuffer buffer() {
        return buffer;
    }

    /**
     * Marks the series as being changed, as it may be already. Writer only.
     *
     * @param sequence of the operation that changes it.
     */
    public void beginChange(final long sequence) {
        buffer.putLong(VERSION_OFFSET, buffer.getLong(VERSION_OFFSET) | 1);
        buffer.putLong(BEGIN_SEQUENCE_OFFSET, sequence);
        VarHandle.storeStoreFence();
    }

    /**
     * Releases the change. Writer only.
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
     * @return true if nothing has changed and nothing was being changed.
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

    /** {@return the first valid time as the series is looked at, {@code Long.MAX_VALUE} without a point} */
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

    /** {@return whether values are levels, weighted with the time for which they are in force} */
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

    /** {@return from when on the absence of events means zero: the start of its life, else the first point} */
    public long aliveFrom() {
        final long lifeStart = lifeStart();
        return lifeStart == Long.MIN_VALUE ? firstTime() : lifeStart;
    }

    /** {@return whether its life has an end, whenever that became known} */
    public boolean isClosed() {
        return (buffer.getByte(FLAGS_OFFSET) & FLAG_CLOSED) != 0;
    }

    /** {@return the end of its life, exclusive; {@code Long.MAX_VALUE} if it is seen as open} */
    public long lifeEnd() {
        return isClosed() && endKnownAtNs <= knownAtNs ? buffer.getLong(LIFE_END_OFFSET) : Long.MAX_VALUE;
    }

    /**
     * Returns true if a point would lie after the end of the life of the series. A period that ends with the life does
     * not.
     *
     * @param timeNs    valid time of the point.
     * @param lifeEndNs the end.
     * @return true if it would.
     */
    public boolean isAfterLife(final long timeNs, final long lifeEndNs) {
        return timeNs > lifeEndNs || timeNs == lifeEndNs && periodCode() == 0;
    }

    /** Ends its life. Writer only. */
    public void close(final long lifeEndNs) {
        buffer.putByte(FLAGS_OFFSET, (byte) (buffer.getByte(FLAGS_OFFSET) | FLAG_CLOSED));
        buffer.putLong(LIFE_END_OFFSET, lifeEndNs);
    }

    /**
     * Sets how the points of a new series are to be taken. Writer only.
     *
     * @param duplicatePolicy code of the policy for a second point at an instant, 0 for that of the kind.
     * @param openEnd         {@link SeriesRecordDescriptor#EXTEND} or {@link SeriesRecordDescriptor#UNKNOWN}.
     * @param heartbeatNs     for how long the last value is known, 0 for ever.
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

    /** {@return whether the instant alone is the identity of a point; else the instant and the reference are} */
    public boolean isIdentifiedByInstant() {
        return isStep() || duplicatePolicy() != DuplicatePolicy.ALL;
    }

    /**
     * Returns true if a reference given with an instant names a point. Under {@link DuplicatePolicy#ALL} an event
     * without a reference cannot be named: each is an event of its own.
     *
     * @param reference given, or {@link Publisher#NO_REFERENCE}.
     * @return false for an event without a reference.
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
     * @return true if it does.
     */
    public boolean isAfter(final long time, final long reference, final long lastTime, final long lastReference) {
        return time > lastTime
                || time == lastTime
                        && !isIdentifiedByInstant()
                        && (reference > lastReference
                                || reference == lastReference && reference == Publisher.NO_REFERENCE);
    }

    /** {@return for how long the last value of a STEP is known without a newer one in ns, 0 for ever} */
    public long heartbeatNs() {
        return buffer.getLong(HEARTBEAT_NS_OFFSET);
    }

    /** {@return code of the reporting period of a FLOW, 0 for none} */
    public long periodCode() {
        return buffer.getLong(PERIOD_CODE_OFFSET);
    }

    /** {@return true if summaries also keep the sums for skew, kurtosis and the least-squares line} */
    public boolean keepsShapes() {
        return buffer.getByte(MOMENTS_OFFSET) == MOMENTS_OF_SHAPES;
    }

    /** {@return how many registrations by pattern the windows include} */
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
     * @return 1 for FRACTION, 100 for PERCENT, 10,000 for BASIS_POINT; 0 for other units, which are no rates.
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
     * Admits a knowledge time: later ones of this series may not lie before it. Writer only.
     *
     * @param knowledgeTime not below {@link #lastKnowledgeTime()}.
     */
    public void lastKnowledgeTime(final long knowledgeTime) {
        buffer.putLong(LAST_KNOWLEDGE_TIME_OFFSET, knowledgeTime);
    }

    /**
     * Names the block of the window states. Writer only.
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

    /** Release: a thread that finds the number of the set also finds its windows, without a check of the version. */
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
     * Refuses what only damage, or a forged store, can lead to.
     *
     * @param isIntact whether the blocks of the series hang together as far as was looked.
     * @throws IllegalStateException if not.
     */
    public void requireIntact(final boolean isIntact) {
        if (!isIntact) {
            throw new DirectoryDamagedException("seriesNumber=" + seriesNumber()
                    + " has a damaged tree, expected whole blocks; restore the data directory");
        }
    }
}
