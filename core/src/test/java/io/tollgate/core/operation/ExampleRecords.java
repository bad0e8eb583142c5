package io.tollgate.core.operation;

import java.util.LinkedHashMap;
import java.util.Map;
import org.agrona.ExpandableArrayBuffer;
import org.agrona.MutableDirectBuffer;

/** One record of each kind, with a different value in each field. */
final class ExampleRecords {
    private ExampleRecords() {}

    static PointOperation point(final MutableDirectBuffer buffer, final int offset) {
        return new PointOperation()
                .encode(
                        buffer,
                        offset,
                        OperationDescriptor.POINT,
                        0x0A0B0C0D,
                        0x1112131415161718L,
                        0x2122232425262728L,
                        -0x3132333435363738L,
                        0x4142434445464748L,
                        0x5152535455565758L);
    }

    static SeriesDefinitionOperation series(final MutableDirectBuffer buffer, final int offset) {
        return new SeriesDefinitionOperation()
                .encode(buffer, offset, 0x1112131415161718L, "TONNE", "tariff.US.CN.85411000")
                .kind(1)
                .scale(6)
                .duplicatePolicy(2)
                .openEnd(1)
                .heartbeatNs(0x2122232425262728L)
                .lifeStart(-0x3132333435363738L)
                .periodCode(0x4142434445464748L);
    }

    static WindowDefinitionOperation window(final MutableDirectBuffer buffer, final int offset) {
        final WindowDefinitionOperation operation =
                new WindowDefinitionOperation().encode(buffer, offset, 0x1112131415161718L, 0xFEDC);
        putWindow(buffer, operation.windowOffset(), 3, 0x2122232425262728L, -2L);
        return operation;
    }

    static WindowRegistrationOperation registration(final MutableDirectBuffer buffer, final int offset) {
        final WindowRegistrationOperation operation =
                new WindowRegistrationOperation().encode(buffer, offset, 0xFEDC, 2, "tariff.*.CN.*");
        putWindow(buffer, operation.windowOffset(0), 3, 0x2122232425262728L, -2L);
        putWindow(buffer, operation.windowOffset(1), 4, 0x3132333435363738L, 5L);
        return operation;
    }

    private static void putWindow(
            final MutableDirectBuffer buffer, final int offset, final int type, final long length, final long anchor) {
        buffer.putByte(offset, (byte) type);
        buffer.putLong(offset + 8, length);
        buffer.putLong(offset + 16, anchor);
    }

    /** Returns the bytes of a record of each of the first types, by name. */
    static Map<String, byte[]> all() {
        final Map<String, byte[]> records = new LinkedHashMap<>();
        final MutableDirectBuffer buffer = new ExpandableArrayBuffer();
        series(buffer, 0);
        records.put("DEFINE_SERIES", recordAt(buffer));
        window(buffer, 0);
        records.put("DEFINE_WINDOW", recordAt(buffer));
        final PointOperation point = point(buffer, 0);
        records.put("POINT", recordAt(buffer));
        final MutableDirectBuffer refusal = new ExpandableArrayBuffer();
        new RefusalOperation().encode(refusal, 0, 0x61626364, point);
        point.encode(buffer, 0, OperationDescriptor.UNKNOWN, 0, 7, 8, Long.MIN_VALUE, 9, OperationDescriptor.MISSING);
        records.put("UNKNOWN", recordAt(buffer));
        point.encode(buffer, 0, OperationDescriptor.WITHDRAW, 0, 7, 8, 0, OperationDescriptor.MISSING, 10);
        records.put("WITHDRAW", recordAt(buffer));
        for (int type = OperationDescriptor.BATCH_BEGIN; type <= OperationDescriptor.BATCH_ABORT; type++) {
            OperationDescriptor.putHeader(buffer, 0, type, OperationDescriptor.HEADER_LENGTH, 77);
            records.put(OperationDescriptor.name(type), recordAt(buffer));
        }
        new ClockOperation().encode(buffer, 0, 0x1112131415161718L);
        records.put("CLOCK", recordAt(buffer));
        records.put("REFUSAL", recordAt(refusal));
        OperationDescriptor.putHeader(buffer, 0, OperationDescriptor.PAD, OperationDescriptor.HEADER_LENGTH, 0);
        records.put("PAD", recordAt(buffer));
        return records;
    }

    static void lifeEnd(final MutableDirectBuffer buffer, final int offset, final int type) {
        new LifeEndOperation()
                .encode(
                        buffer,
                        offset,
                        type,
                        0x1112131415161718L,
                        0x2122232425262728L,
                        -0x3132333435363738L,
                        0x4142434445464748L);
    }

    static byte[] recordAt(final MutableDirectBuffer buffer) {
        final byte[] bytes = new byte[OperationDescriptor.length(buffer, 0)];
        buffer.getBytes(0, bytes);
        return bytes;
    }
}
