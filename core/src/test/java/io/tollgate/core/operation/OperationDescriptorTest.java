package io.tollgate.core.operation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.util.Map;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class OperationDescriptorTest {
    private static final Map<Integer, Integer> FIXED_LENGTHS = Map.of(
            OperationDescriptor.POINT, PointOperation.LENGTH,
            OperationDescriptor.UNKNOWN, PointOperation.LENGTH,
            OperationDescriptor.WITHDRAW, PointOperation.LENGTH,
            OperationDescriptor.REFUSAL, RefusalOperation.LENGTH,
            OperationDescriptor.RETENTION, RetentionOperation.LENGTH,
            OperationDescriptor.DEFINE_WINDOW, WindowDefinitionOperation.LENGTH,
            OperationDescriptor.END_SERIES, LifeEndOperation.LENGTH,
            OperationDescriptor.FOLLOW_SERIES, LifeEndOperation.LENGTH,
            OperationDescriptor.KNOWLEDGE, KnowledgeOperation.LENGTH);

    @ParameterizedTest
    @CsvSource({
        "1, DEFINE_SERIES",
        "2, DEFINE_WINDOW",
        "3, POINT",
        "4, UNKNOWN",
        "5, WITHDRAW",
        "6, BATCH_BEGIN",
        "7, BATCH_COMMIT",
        "8, BATCH_ABORT",
        "9, CLOCK",
        "10, REFUSAL",
        "11, RETENTION",
        "12, PANEL",
        "13, WATCH",
        "14, CHECKPOINT_MARK",
        "15, PAD",
        "16, REGISTER_WINDOWS",
        "17, LOSS",
        "18, END_SERIES",
        "19, FOLLOW_SERIES",
        "20, KNOWLEDGE"
    })
    void shouldKeepTheCodeOfEveryTypeThatStandsInFiles(final int code, final String name) throws Exception {
        assertEquals(code, OperationDescriptor.class.getField(name).getInt(null));
        assertEquals(name, OperationDescriptor.name(code));
        assertTrue(OperationDescriptor.isKnown(code));
    }

    @ParameterizedTest
    @ValueSource(ints = {Integer.MIN_VALUE, -1, 0, 21, 255, Integer.MAX_VALUE})
    void shouldNameAnUnknownTypeByItsCode(final int code) {
        assertFalse(OperationDescriptor.isKnown(code));
        assertEquals("unknown(" + code + ")", OperationDescriptor.name(code));
    }

    @ParameterizedTest
    @CsvSource({"-8, false", "0, false", "4, false", "8, true", "12, false", "48, true", "65528, true", "65536, false"})
    void shouldReportWhatCanBeTheLengthOfARecord(final int length, final boolean expected) {
        assertEquals(expected, OperationDescriptor.isLength(length));
    }

    /**
     * The check distinguishes a partly lost frame from chosen values of a caller, which are at most 32 consecutive
     * bytes.
     */
    @ParameterizedTest
    @CsvSource({
        "1, 80, true",
        "1, 8, false",
        "3, 48, true",
        "3, 40, false",
        "3, 56, false",
        "6, 24, true",
        "6, 32, false",
        "8, 8, false",
        "9, 16, true",
        "9, 24, false",
        "13, 24, true",
        "13, 20, false",
        "14, 16, false",
        "15, 48, false",
        "17, 16, true",
        "20, 24, true",
        "20, 32, false",
        "200, 16, true",
        "200, 8, false"
    })
    void shouldReportWhatAnEngineWrites(final int type, final int length, final boolean expected) {
        assertEquals(expected, OperationLengths.isWritten(type, length));
    }

    @Test
    void shouldCountAllRecordsWithFieldsAsWritten() {
        ExampleRecords.all().forEach((name, record) -> {
            final int type = OperationDescriptor.type(new UnsafeBuffer(record), 0);
            final boolean hasFields = record.length > OperationDescriptor.HEADER_LENGTH;
            assertEquals(hasFields, OperationLengths.isWritten(type, record.length), name);
        });
    }

    @Test
    void shouldReadLengthAndTypeAsUnsigned() {
        final UnsafeBuffer buffer = new UnsafeBuffer(ByteBuffer.allocate(16));
        OperationDescriptor.putHeader(buffer, 8, 200, OperationDescriptor.MAX_RECORD_LENGTH, -2);

        assertEquals(200, OperationDescriptor.type(buffer, 8));
        assertEquals(OperationDescriptor.MAX_RECORD_LENGTH, OperationDescriptor.length(buffer, 8));
        assertEquals(-2, OperationDescriptor.batchId(buffer, 8));
    }

    @Test
    void shouldClearTheFlagsOfARecordWrittenOverAnOlderOne() {
        final UnsafeBuffer buffer = new UnsafeBuffer(ByteBuffer.allocate(8));
        buffer.setMemory(0, 8, (byte) 0xFF);
        OperationDescriptor.putHeader(buffer, 0, OperationDescriptor.BATCH_BEGIN, OperationDescriptor.HEADER_LENGTH, 1);

        assertEquals(0, buffer.getByte(OperationDescriptor.FLAGS_OFFSET));
    }

    /** A record that is one byte shorter, or whose text is one byte longer, would extend over its end. */
    @ParameterizedTest
    @ValueSource(
            ints = {
                OperationDescriptor.POINT,
                OperationDescriptor.UNKNOWN,
                OperationDescriptor.WITHDRAW,
                OperationDescriptor.BATCH_BEGIN,
                OperationDescriptor.BATCH_COMMIT,
                OperationDescriptor.CLOCK,
                OperationDescriptor.REFUSAL,
                OperationDescriptor.RETENTION,
                OperationDescriptor.DEFINE_WINDOW,
                OperationDescriptor.END_SERIES,
                OperationDescriptor.FOLLOW_SERIES,
                OperationDescriptor.KNOWLEDGE,
                OperationDescriptor.LOSS,
                OperationDescriptor.DEFINE_SERIES,
                OperationDescriptor.REGISTER_WINDOWS,
                OperationDescriptor.WATCH,
                OperationDescriptor.PANEL
            })
    void shouldCheckThatARecordContainsAllItsFields(final int type) {
        final UnsafeBuffer buffer = new UnsafeBuffer(new byte[256]);
        put(buffer, type);
        final int length = OperationDescriptor.length(buffer, 0);
        assertEquals(type, OperationDescriptor.type(buffer, 0));
        assertTrue(OperationLengths.isIntact(buffer, 0));
        buffer.putShort(OperationDescriptor.LENGTH_OFFSET, (short) (length - OperationDescriptor.ALIGNMENT));
        assertFalse(OperationLengths.isIntact(buffer, 0));
        buffer.putShort(OperationDescriptor.LENGTH_OFFSET, (short) (length + OperationDescriptor.ALIGNMENT));
        assertTrue(OperationLengths.isIntact(buffer, 0), "with room to spare");
    }

    private static void put(final UnsafeBuffer buffer, final int type) {
        switch (type) {
            case OperationDescriptor.BATCH_BEGIN, OperationDescriptor.BATCH_COMMIT ->
                BatchOperation.put(buffer, 0, type, 1, 1);
            case OperationDescriptor.CLOCK -> new ClockOperation().encode(buffer, 0, 1);
            case OperationDescriptor.LOSS -> LossOperation.put(buffer, 0, 1);
            case OperationDescriptor.DEFINE_SERIES -> new SeriesDefinitionOperation().encode(buffer, 0, 0, "t", "key");
            case OperationDescriptor.REGISTER_WINDOWS ->
                new WindowRegistrationOperation().encode(buffer, 0, 0, 2, "key.*");
            case OperationDescriptor.WATCH -> new WatchOperation().encode(buffer, 0, WatchOperation.BEGIN, "text");
            case OperationDescriptor.PANEL ->
                new PanelOperation().encode(buffer, 0, PanelOperation.STATE, 1, 0, "name", new byte[] {1, 2, 3}, 3);
            default -> OperationDescriptor.putHeader(buffer, 0, type, FIXED_LENGTHS.get(type), 0);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "DEFINE_SERIES unit, 1, 48, 24",
        "DEFINE_SERIES key, 1, 72, 65535",
        "REGISTER_WINDOWS count, 16, 10, 65535",
        "REGISTER_WINDOWS pattern, 16, 12, 65535",
        "WATCH text, 13, 10, 65535",
        "PANEL name, 12, 10, 65535"
    })
    void shouldNotAcceptATextThatExtendsBeyondItsRecord(
            final String what, final int type, final int offset, final int value) {
        final UnsafeBuffer buffer = new UnsafeBuffer(new byte[256]);
        put(buffer, type);
        assertTrue(OperationLengths.isIntact(buffer, 0));
        buffer.putShort(offset, (short) value);
        assertFalse(OperationLengths.isIntact(buffer, 0), what);
    }

    @ParameterizedTest
    @ValueSource(ints = {-1, Integer.MIN_VALUE, Integer.MAX_VALUE, 1 << 16})
    void shouldNotAcceptABodyThatExtendsBeyondItsRecord(final int length) {
        final UnsafeBuffer buffer = new UnsafeBuffer(new byte[256]);
        put(buffer, OperationDescriptor.PANEL);
        buffer.putInt(PanelOperation.BODY_LENGTH_OFFSET, length);
        assertFalse(OperationLengths.isIntact(buffer, 0));
    }
}
