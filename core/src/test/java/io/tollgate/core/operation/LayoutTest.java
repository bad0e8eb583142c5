package io.tollgate.core.operation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.tollgate.api.series.Status;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Checks the diagrams: each field is read back from the bytes, little-endian, at the offset of its diagram. */
class LayoutTest {
    private static final int OFFSET = 16;

    private final byte[] bytes = new byte[512];
    private final UnsafeBuffer buffer = new UnsafeBuffer(bytes);
    private final ByteBuffer record =
            ByteBuffer.wrap(bytes, OFFSET, bytes.length - OFFSET).slice().order(ByteOrder.LITTLE_ENDIAN);

    @BeforeEach
    void fillWithRemainsOfAnOlderRecord() {
        Arrays.fill(bytes, (byte) 0xEE);
    }

    /** The stored codes do not depend on the order of the enum. */
    @Test
    void shouldKeepTheCodesOfStatuses() {
        final Status[] stored = {
            Status.CONTENDED,
            Status.EMPTY,
            Status.INSUFFICIENT,
            Status.UNDEFINED,
            Status.OVERFLOW,
            Status.PARTIAL,
            Status.OK,
            Status.FORGOTTEN,
            Status.UNREAD
        };
        assertEquals(Status.values().length, stored.length);
        for (byte code = 0; code < stored.length; code++) {
            assertEquals(code, stored[code].code(), stored[code].name());
            assertEquals(stored[code], Status.of(code));
        }
        assertThrows(IllegalArgumentException.class, () -> Status.of((byte) -1));
        assertThrows(IllegalArgumentException.class, () -> Status.of((byte) stored.length));
    }

    @Test
    void shouldLayOutAPointAsDrawn() {
        ExampleRecords.point(buffer, OFFSET);

        requireHeader(OperationDescriptor.POINT, 48, 0x0A0B0C0D);
        assertEquals(0x1112131415161718L, record.getLong(8), "seriesNumber");
        assertEquals(0x2122232425262728L, record.getLong(16), "validTime");
        assertEquals(-0x3132333435363738L, record.getLong(24), "value");
        assertEquals(0x4142434445464748L, record.getLong(32), "knowledgeTime");
        assertEquals(0x5152535455565758L, record.getLong(40), "reference");
        requireUntouchedFrom(48);
    }

    @Test
    void shouldLayOutTheBoundsOfABatchAsDrawn() {
        final long number = 0x1112131415161718L;
        BatchOperation.put(buffer, OFFSET, OperationDescriptor.BATCH_COMMIT, number, 0x31323334);

        requireHeader(OperationDescriptor.BATCH_COMMIT, 24, 0x2A2C2E31);
        assertEquals(number, record.getLong(8), "number");
        assertEquals(0x31323334, record.getInt(16), "pointCount");
        assertEquals(0, record.getInt(20), "reserved");
        requireUntouchedFrom(24);
        assertEquals(number, BatchOperation.number(buffer, OFFSET));
    }

    @Test
    void shouldLayOutAWithdrawalAsAPoint() {
        new PointOperation().encode(buffer, OFFSET, OperationDescriptor.WITHDRAW, 0, 7, 8, Long.MIN_VALUE, 9, 10);

        requireHeader(OperationDescriptor.WITHDRAW, 48, OperationDescriptor.NO_BATCH);
        assertEquals(7, record.getLong(8), "seriesNumber");
        assertEquals(8, record.getLong(16), "validTime");
        assertEquals(9, record.getLong(32), "knowledgeTime");
        assertEquals(10, record.getLong(40), "reference");
        requireUntouchedFrom(48);
    }

    @Test
    void shouldLayOutASeriesDefinitionAsDrawn() {
        ExampleRecords.series(buffer, OFFSET);

        requireHeader(OperationDescriptor.DEFINE_SERIES, 96, OperationDescriptor.NO_BATCH);
        assertEquals(0x1112131415161718L, record.getLong(8), "seriesNumber");
        assertEquals(1, record.get(16), "kind");
        assertEquals(0, record.get(17), "reserved");
        assertEquals(6, record.get(18), "scale");
        assertEquals(2, record.get(19), "duplicatePolicy");
        assertEquals(1, record.get(20), "openEnd");
        assertEquals(0, record.getInt(20) >>> 8, "reserved");
        assertEquals(0x2122232425262728L, record.getLong(24), "heartbeatNs");
        assertEquals(-0x3132333435363738L, record.getLong(32), "lifeStart");
        assertEquals(0x4142434445464748L, record.getLong(40), "periodCode");
        assertEquals(5, record.get(48), "unit name length");
        assertEquals("TONNE" + "\0".repeat(18), text(49, 72), "unit name");
        assertEquals(21, record.getShort(72), "key length");
        assertEquals("tariff.US.CN.85411000\0", text(74, 96), "key");
        requireUntouchedFrom(96);
    }

    @Test
    void shouldLayOutAWindowDefinitionAsDrawn() {
        ExampleRecords.window(buffer, OFFSET);

        requireHeader(OperationDescriptor.DEFINE_WINDOW, 40, OperationDescriptor.NO_BATCH);
        assertEquals(0x1112131415161718L, record.getLong(8), "seriesNumber");
        assertEquals(3, record.get(16), "windowType");
        assertEquals(0, record.get(17), "closed");
        assertEquals((short) 0xFEDC, record.getShort(18), "moments");
        assertEquals(0, record.getInt(20), "reserved");
        assertEquals(0x2122232425262728L, record.getLong(24), "lengthNs");
        assertEquals(-2L, record.getLong(32), "anchor");
        requireUntouchedFrom(40);
    }

    @Test
    void shouldLayOutAWindowRegistrationAsDrawn() {
        ExampleRecords.registration(buffer, OFFSET);

        requireHeader(OperationDescriptor.REGISTER_WINDOWS, 80, OperationDescriptor.NO_BATCH);
        assertEquals((short) 0xFEDC, record.getShort(8), "moments");
        assertEquals(2, record.getShort(10), "windowCount");
        assertEquals(13, record.getShort(12), "patternLength");
        assertEquals(0, record.getShort(14), "reserved");
        assertEquals(4, record.get(16 + 24), "windowType of the second window");
        assertEquals(0, record.getInt(20 + 24), "reserved of the second window");
        assertEquals(0x3132333435363738L, record.getLong(24 + 24), "lengthNs of the second window");
        assertEquals(5, record.getLong(32 + 24), "anchor of the second window");
        assertEquals("tariff.*.CN.*" + "\0".repeat(3), text(64, 80), "pattern");
        requireUntouchedFrom(80);
    }

    @Test
    void shouldLayOutAClockAsDrawn() {
        new ClockOperation().encode(buffer, OFFSET, 0x1112131415161718L);

        requireHeader(OperationDescriptor.CLOCK, 16, OperationDescriptor.NO_BATCH);
        assertEquals(0x1112131415161718L, record.getLong(8), "now");
        requireUntouchedFrom(16);

        new ClockOperation().encode(buffer, OFFSET, -2, 3);
        assertEquals(3, record.get(1), "mode");
        assertEquals(-2, record.getLong(8), "now");
        requireUntouchedFrom(16);
    }

    @Test
    void shouldLayOutALossAsDrawn() {
        LossOperation.put(buffer, OFFSET, 0x1112131415161718L);

        requireHeader(OperationDescriptor.LOSS, 16, OperationDescriptor.NO_BATCH);
        assertEquals(0x1112131415161718L, record.getLong(8), "lastSequence");
        requireUntouchedFrom(16);
    }

    @Test
    void shouldLayOutARetentionAsDrawn() {
        new RetentionOperation().encode(buffer, OFFSET, 0x1112131415161718L, 0x2122232425262728L, -0x3132333435363738L);

        requireHeader(OperationDescriptor.RETENTION, 32, OperationDescriptor.NO_BATCH);
        assertEquals(0x1112131415161718L, record.getLong(8), "seriesNumber");
        assertEquals(0x2122232425262728L, record.getLong(16), "horizon");
        assertEquals(-0x3132333435363738L, record.getLong(24), "knowledgeTime");
        requireUntouchedFrom(32);
    }

    @Test
    void shouldLayOutAKnowledgeTimeAsDrawn() {
        new KnowledgeOperation().encode(buffer, OFFSET, 0x1112131415161718L, -0x2122232425262728L);

        requireHeader(OperationDescriptor.KNOWLEDGE, 24, OperationDescriptor.NO_BATCH);
        assertEquals(20, record.get(0), "type");
        assertEquals(0x1112131415161718L, record.getLong(8), "seriesNumber");
        assertEquals(-0x2122232425262728L, record.getLong(16), "knowledgeTime");
        requireUntouchedFrom(24);
    }

    @Test
    void shouldLayOutTheEndOfALifeAsDrawn() {
        ExampleRecords.lifeEnd(buffer, OFFSET, OperationDescriptor.FOLLOW_SERIES);

        requireHeader(OperationDescriptor.FOLLOW_SERIES, 40, OperationDescriptor.NO_BATCH);
        assertEquals(19, record.get(0), "type");
        assertEquals(0x1112131415161718L, record.getLong(8), "seriesNumber");
        assertEquals(0x2122232425262728L, record.getLong(16), "lifeEnd");
        assertEquals(-0x3132333435363738L, record.getLong(24), "knowledgeTime");
        assertEquals(0x4142434445464748L, record.getLong(32), "linkedNumber");
        requireUntouchedFrom(40);
    }

    @Test
    void shouldLayOutARefusalAsDrawn() {
        final UnsafeBuffer refused = new UnsafeBuffer(new byte[64]);
        new RefusalOperation().encode(buffer, OFFSET, 0x61626364, ExampleRecords.point(refused, 8));

        requireHeader(OperationDescriptor.REFUSAL, 56, 0x0A0B0C0D);
        assertEquals(0x61626364, record.getInt(8), "reason");
        assertEquals(OperationDescriptor.POINT, record.getInt(12), "refusedType and reserved");
        assertEquals(0x1112131415161718L, record.getLong(16), "seriesNumber");
        assertEquals(0x2122232425262728L, record.getLong(24), "validTime");
        assertEquals(-0x3132333435363738L, record.getLong(32), "value");
        assertEquals(0x4142434445464748L, record.getLong(40), "knowledgeTime");
        assertEquals(0x5152535455565758L, record.getLong(48), "reference");
        requireUntouchedFrom(56);
    }

    private void requireHeader(final int type, final int length, final int batchId) {
        assertEquals(type, record.get(0), "type");
        assertEquals(0, record.get(1), "flags");
        assertEquals(length, record.getShort(2), "length");
        assertEquals(batchId, record.getInt(4), "batchId");
    }

    private void requireUntouchedFrom(final int end) {
        assertEquals((byte) 0xEE, bytes[OFFSET - 1], "byte before the record");
        assertEquals((byte) 0xEE, record.get(end), "byte after the record");
    }

    private String text(final int from, final int to) {
        return new String(bytes, OFFSET + from, to - from, StandardCharsets.UTF_8);
    }
}
